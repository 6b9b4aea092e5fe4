using System.Runtime.InteropServices;
using Cake.Core;

namespace Cake.Frosting.Internal;

/// <summary>
/// Turns SIGINT and SIGTERM into a cancelled run. The first one cancels the token that tasks get as
/// <see cref="CancellationTokenSource"/> from the services, then asks the child processes to end, so that a task that only
/// waits for one goes on; a second one, or a task that does not end in time, ends everything at once.
/// </summary>
internal sealed class SignalWatch : IDisposable
{
    private static readonly TimeSpan _untilChildrenEnd = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _untilAllEnds = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource _cancellation;
    private readonly IConsole _console;
    private readonly CancellationTokenSource _runEnded = new();
    private readonly PosixSignalRegistration[] _registrations;
    private ChildProcesses? _children;
    private int _signals;

    public SignalWatch(CancellationTokenSource cancellation, IConsole console)
    {
        _cancellation = cancellation;
        _console = console;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        ];
    }

    /// <summary>Ends the watch with the run; children that a cancelled run has left are ended too.</summary>
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _runEnded.Cancel();
        if (_signals > 0)
            _children?.Kill();
        _runEnded.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) > 1)
        {
            EndAtOnce();
            return;
        }

        _console.WriteErrorLine($"{context.Signal}: ending the run in order; a second signal ends it at once.");
        _children = ChildProcesses.Now();
        _ = Task.Run(EndInOrderAsync);
    }

    private async Task EndInOrderAsync()
    {
        var runEnded = _runEnded.Token;
        try
        {
            await _cancellation.CancelAsync();
            await Task.Delay(_untilChildrenEnd, runEnded);
            _children?.Terminate();
            await Task.Delay(_untilAllEnds - _untilChildrenEnd, runEnded);
            _console.WriteErrorLine($"The running task did not end within {_untilAllEnds.TotalSeconds:0} s.");
            EndAtOnce();
        }
        catch (OperationCanceledException)
        {
            // The run has ended in order.
        }
    }

    private static void EndAtOnce()
    {
        ChildProcesses.Now().Kill();
        Environment.Exit(ExitCodes.Cancelled);
    }
}
