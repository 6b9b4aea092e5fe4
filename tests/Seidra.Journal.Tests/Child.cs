using System.Diagnostics;

namespace Seidra.Journal.Tests;

/// <summary>A real child process running <see cref="ChildProgram"/>, to be killed.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    private Child(Process process) => _process = process;

    public int Id => _process.Id;

    public StreamReader Output => _process.StandardOutput;

    public StreamReader Errors => _process.StandardError;

    public static Child Start(params string[] arguments) => Start(Dotnet, ["exec", typeof(Child).Assembly.Location, .. arguments]);

    /// <summary>Runs the child under a shell that limits something first.</summary>
    public static Child StartLimited(string limit, params string[] arguments) =>
        Start("/bin/sh", ["-c", limit + "; exec \"$@\"", "sh", Dotnet, "exec", typeof(Child).Assembly.Location, .. arguments]);

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public int WaitForExit()
    {
        Assert.That(_process.WaitForExit(TimeSpan.FromSeconds(60)), "the child ends");
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static Child Start(string program, string[] arguments) => new(Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        // Executable memory is otherwise mapped through a file, which a limit of file sizes would cut too.
        Environment = { ["DOTNET_EnableWriteXorExecute"] = "0", ["DOTNET_EnableDiagnostics"] = "0" },
    })!);
}
