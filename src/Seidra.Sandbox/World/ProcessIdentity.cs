using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Seidra.Sandbox.World;

/// <summary>A process by id and start time, so that a recycled id is never taken for it.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="StartTicks">
/// Linux: field 22 of <c>/proc/PID/stat</c>, clock ticks since boot (proc(5)); elsewhere the start time in .NET ticks, UTC.
/// </param>
internal sealed record ProcessIdentity(int Pid, long StartTicks)
{
    private const int Term = 15;
    private const int KillSignal = 9;

    /// <summary>This very process.</summary>
    public static ProcessIdentity Current => Of(Environment.ProcessId)
        ?? throw new SandboxException("Expected to find this process in the process table, found nothing; is /proc mounted?");

    /// <summary>Whether the process runs. A zombie does not.</summary>
    public bool IsAlive => Of(Pid) == this;

    /// <summary>The running process with this id, or null.</summary>
    public static ProcessIdentity? Of(int pid)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                using var process = Process.GetProcessById(pid);
                return process.HasExited ? null : new ProcessIdentity(pid, process.StartTime.ToUniversalTime().Ticks);
            }

            // The name in field 2 may hold spaces and parentheses: count fields from its last ")".
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : new ProcessIdentity(pid, long.Parse(fields[19], CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Asks the process to end, waits, and kills it when it has not ended in time.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        Signal(Term);
        if (await WaitAsync(patience))
            return;
        Signal(KillSignal);
        await WaitAsync(TimeSpan.FromSeconds(5));
    }

    /// <summary>Waits until the process is gone; false when it is still there after that time.</summary>
    public async Task<bool> WaitAsync(TimeSpan patience)
    {
        for (var watch = Stopwatch.StartNew(); IsAlive; await Task.Delay(10))
        {
            if (watch.Elapsed > patience)
                return false;
        }

        return true;
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int pid, int signal);

    private void Signal(int signal)
    {
        if (!IsAlive)
            return;
        if (!OperatingSystem.IsWindows())
        {
            _ = SendSignal(Pid, signal);
            return;
        }

        using var process = Process.GetProcessById(Pid);
        process.Kill();
    }
}
