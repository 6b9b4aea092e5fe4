using System.ComponentModel;
using System.Diagnostics;
using CliWrap;
using CliWrap.Exceptions;

namespace Seidra.Delivery;

/// <summary>
/// Runs a program to its end: live prefixed lines, a log file, a time-out, an environment of its own, secrets taken out of
/// every line, and the whole tree ended on cancel or time-out. Safe for concurrent use.
/// </summary>
/// <param name="redactions">Secret values to take out of the lines of every program, besides those of its <see cref="ProcessSpec"/>.</param>
public sealed class ProcessRunner(IReadOnlyList<string>? redactions = null)
{
    // Children that leave their session are found again by this variable, which they inherit.
    private const string Marker = "SEIDRA_RUN_ID";

    /// <summary>Runs the program. The caller judges the exit code.</summary>
    /// <param name="spec">The program and what it may see.</param>
    /// <param name="log">Gets each line as it is printed; null: none.</param>
    /// <param name="cancellation">Ends the whole tree.</param>
    /// <exception cref="DeliveryException">It cannot be started, or did not end in time.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing of the tree is left running.</exception>
    public async Task<ProcessResult> RunAsync(ProcessSpec spec, Action<string>? log = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        cancellation.ThrowIfCancellationRequested();
        var launch = Launch.Resolve(spec.FileName, spec.Arguments, spec.WorkingDirectory);
        var runId = Guid.NewGuid().ToString("N");
        using var output = new ProcessOutput(spec, new Redactor(spec.Redactions.Concat(redactions ?? [])), log);
        using var abandon = new CancellationTokenSource();
        using var limit = new CancellationTokenSource();
        if (spec.Timeout is { } timeout) limit.CancelAfter(timeout);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);

        var clock = Stopwatch.StartNew();
        var running = Start(Command(launch, spec, runId, output), launch.FileName, abandon.Token);
        var tree = new ProcessTree(running.ProcessId, Marker, runId);
        _ = StopReadingAfterExitAsync(running.ProcessId, output, end.Token);
        try
        {
            var result = await running.Task.WaitAsync(end.Token);
            return new ProcessResult(result.ExitCode, clock.Elapsed, output.Tail, output.Captured);
        }
        catch (Exception error)
        {
            // Also for a log callback that throws: nobody would read the pipes any more.
            await tree.EndAsync(spec.KillGrace);
            await abandon.CancelAsync();
            await ((Task)running.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (error is not OperationCanceledException) throw;
            cancellation.ThrowIfCancellationRequested();
            throw TimedOut(spec, output);
        }
    }

    private static Command Command(Launch launch, ProcessSpec spec, string runId, ProcessOutput output)
    {
        var environment = ProcessEnvironment.For(spec.Inherit, spec.Environment);
        environment[Marker] = runId;
        // CliWrap adds to the inherited environment; null takes a name away.
        var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>().ToDictionary(name => name, _ => (string?)null);
        foreach (var (name, value) in environment) variables[name] = value;

        // A session of its own: a Ctrl-C in the terminal reaches this program only, which then ends the tree in order,
        // and nothing in the tree can stop to ask at the terminal.
        var (file, arguments) = OperatingSystem.IsLinux() && ExecutableFinder.Find("setsid") is { } setsid
            ? (setsid, [launch.FileName, .. launch.Arguments])
            : (launch.FileName, launch.Arguments);
        return Cli.Wrap(file)
            .WithArguments(arguments)
            .WithWorkingDirectory(spec.WorkingDirectory ?? Directory.GetCurrentDirectory())
            .WithEnvironmentVariables(variables)
            .WithStandardOutputPipe(output.StandardOutput)
            .WithStandardErrorPipe(output.StandardError)
            .WithValidation(CommandResultValidation.None);
    }

    private static CommandTask<CommandResult> Start(Command command, string program, CancellationToken abandon)
    {
        try
        {
            return command.ExecuteAsync(abandon);
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or CliWrapException)
        {
            throw new DeliveryException($"{program}: cannot be started ({error.Message}). Check that it is a program for this machine and may be executed.", error);
        }
    }

    // A program may leave a service behind that holds its pipes open; CliWrap alone would wait for that service to end.
    private static async Task StopReadingAfterExitAsync(int pid, ProcessOutput output, CancellationToken end)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            await process.WaitForExitAsync(end);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or OperationCanceledException)
        {
            // Ended before the look, or being ended now.
        }

        try
        {
            output.StopSoon();
        }
        catch (ObjectDisposedException)
        {
            // The run is over already.
        }
    }

    private static DeliveryException TimedOut(ProcessSpec spec, ProcessOutput output)
    {
        var last = new ProcessResult(-1, default, output.Tail, "").TailText();
        var where = spec.LogFile is null ? "" : $" Its log: {spec.LogFile}.";
        return new DeliveryException(
            $"{spec.FileName}: did not end within {spec.Timeout!.Value.TotalSeconds:0.#} s and was ended with all it had started. Raise the time-out in the settings, or find out what it waits for.{where}{last}");
    }
}
