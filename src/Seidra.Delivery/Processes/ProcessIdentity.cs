using System.Diagnostics;

namespace Seidra.Delivery;

/// <summary>When a process started, to tell it from a later one with the same number.</summary>
public static class ProcessIdentity
{
    /// <summary>Clock ticks since boot on Linux (proc(5), field 22), .NET ticks of the start time elsewhere; null where the process is gone.</summary>
    /// <param name="pid">Process id.</param>
    public static long? StartTicks(int pid)
    {
        if (OperatingSystem.IsLinux()) return ProcessTable.Find(pid) is { IsAlive: true } row ? row.StartTicks : null;
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.HasExited ? null : process.StartTime.ToUniversalTime().Ticks;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
