using System.Diagnostics;
using System.Text;

namespace Seidra.EndToEnd.Tests;

/// <summary>What the system says of running processes.</summary>
public static class ProcessTable
{
    /// <summary>The processes whose command line names <paramref name="folder"/>, this one excepted.</summary>
    public static IReadOnlyList<(int Pid, string CommandLine)> WithCommandLine(string folder) =>
        [.. All().Where(process => process.Pid != Environment.ProcessId && process.CommandLine.Contains(folder, StringComparison.Ordinal))];

    /// <summary>Ends a process at once, whether it still runs or not.</summary>
    public static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>All processes that say how they were started.</summary>
    public static IEnumerable<(int Pid, string CommandLine)> All()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var pid) && Read(pid) is { Length: > 0 } line)
            {
                yield return (pid, line);
            }
        }
    }

    private static string? Read(int pid)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/cmdline")).Replace('\0', ' ');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
