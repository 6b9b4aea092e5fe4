using System.Diagnostics;

namespace Seidra.Database.Tests;

/// <summary>A process of its own that does one piece of work and can be killed in the middle of it.</summary>
internal sealed class Victim : IDisposable
{
    private readonly Process _process;

    private Victim(Process process) => _process = process;

    /// <summary>Starts a role of <see cref="Program"/>; secrets go through its standard input, one per line.</summary>
    public static Victim Start(Type role, string[] arguments, params string[] secrets)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in (string[])[typeof(Program).Assembly.Location, role.FullName!, .. arguments])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        foreach (var secret in secrets)
            process.StandardInput.WriteLine(secret);
        process.StandardInput.Flush();
        return new Victim(process);
    }

    /// <summary>Whether it still works.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Waits until it printed a line that starts so; false when it ended without.</summary>
    public async Task<bool> SaysAsync(string start)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>SIGKILL, to this one process only, as the kernel's memory killer would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
