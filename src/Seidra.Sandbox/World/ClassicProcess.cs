using System.Diagnostics;

namespace Seidra.Sandbox.World;

/// <summary>
/// Classic's API as a child process: it dies with this one (the end of its standard input tells it), and is started
/// again when it dies alone.
/// </summary>
internal sealed class ClassicProcess : IAsyncDisposable
{
    // The shell only redirects; exec makes the server the direct child, with the leash as its standard input.
    private const string Script = """log=$1; shift; exec "$@" >>"$log" 2>&1""";

    private readonly IReadOnlyDictionary<string, string> environment;
    private readonly string logFile;
    private readonly Action<string> log;
    private readonly Task supervision;
    private readonly CancellationTokenSource stopping = new();

    public ClassicProcess(IReadOnlyDictionary<string, string> environment, string logFile, Action<string> log)
    {
        this.environment = environment;
        this.logFile = logFile;
        this.log = log;
        supervision = SuperviseAsync();
    }

    /// <summary>Ends Classic and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await supervision;
        stopping.Dispose();
    }

    private async Task SuperviseAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            using var process = Start();
            try
            {
                await process.WaitForExitAsync(stopping.Token);
                log($"Classic ended with code {process.ExitCode}; starting it again (its log: {logFile})");
                await Task.Delay(TimeSpan.FromMilliseconds(200), stopping.Token);
            }
            catch (OperationCanceledException)
            {
                process.StandardInput.Close();
                await process.WaitForExitAsync();
            }
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, SandboxProgram.Classic, logFile, .. SandboxProgram.Argv(SandboxProgram.Classic)])
        {
            RedirectStandardInput = true,
        };
        CleanEnvironment.Apply(start);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
