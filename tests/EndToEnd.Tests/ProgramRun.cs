using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Seidra.EndToEnd.Tests;

/// <summary>One run of the program.</summary>
public sealed class ProgramRun : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    /// <summary>Reads what it prints from now on.</summary>
    public ProgramRun(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Add(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Add(_errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>SIGKILL to the program alone: what it started goes on, as production would.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGKILL to the program and everything below it.</summary>
    public void KillTree() => _process.Kill(entireProcessTree: true);

    /// <summary>SIGTERM, as a service manager sends it.</summary>
    public void Terminate() => _ = Signal(_process.Id, 15);

    /// <summary>Waits for the end.</summary>
    public async Task<ProgramResult> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        return new ProgramResult(_process.ExitCode, _output.ToString(), _errors.ToString());
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private static void Add(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int pid, int signal);
}
