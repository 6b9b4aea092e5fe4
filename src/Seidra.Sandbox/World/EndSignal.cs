using System.Runtime.InteropServices;

namespace Seidra.Sandbox.World;

/// <summary>Completes when somebody asks this process to end: SIGTERM, SIGINT, or the end of its standard input.</summary>
internal sealed class EndSignal : IDisposable
{
    private readonly CancellationTokenSource asked = new();
    private readonly PosixSignalRegistration term;
    private readonly PosixSignalRegistration interrupt;

    public EndSignal()
    {
        term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask);
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask);
    }

    /// <summary>Cancelled once the process is to end.</summary>
    public CancellationToken Token => asked.Token;

    /// <summary>Ends this process at once when its standard input ends, that is when the process which held it has died.</summary>
    public static void EndWithParent()
    {
        var watcher = new Thread(() =>
        {
            using var input = Console.OpenStandardInput();
            while (input.Read(new byte[16]) > 0)
            {
            }

            Environment.Exit(0);
        })
        { IsBackground = true, Name = "leash" };
        watcher.Start();
    }

    /// <summary>Waits until the process is to end.</summary>
    public async Task WaitAsync()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = Token.Register(ended.SetResult);
        await ended.Task;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        term.Dispose();
        interrupt.Dispose();
        asked.Dispose();
    }

    private void Ask(PosixSignalContext context)
    {
        context.Cancel = true;
        asked.Cancel();
    }
}
