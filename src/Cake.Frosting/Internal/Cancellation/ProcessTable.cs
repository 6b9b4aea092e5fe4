using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Cake.Frosting.Internal;

/// <summary>The processes of this machine, from the source that the system offers.</summary>
internal static partial class ProcessTable
{
    public static IEnumerable<ProcessEntry> Read() =>
        OperatingSystem.IsLinux() ? FromProc() : OperatingSystem.IsWindows() ? FromWindows() : FromPs();

    /// <remarks>Fields of /proc/PID/stat: proc_pid_stat(5); the name in parentheses may hold anything.</remarks>
    private static IEnumerable<ProcessEntry> FromProc()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                continue;
            string stat;
            try
            {
                stat = File.ReadAllText(Path.Combine(folder, "stat"));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                continue; // It has ended meanwhile.
            }

            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            if (fields[0] is not ("Z" or "X"))
                yield return new ProcessEntry(id, Number(fields[1]), Number(fields[3]), long.Parse(fields[19], CultureInfo.InvariantCulture));
        }
    }

    private static IEnumerable<ProcessEntry> FromPs()
    {
        using var ps = Process.Start(new ProcessStartInfo("ps", ["-A", "-o", "pid=,ppid="]) { RedirectStandardOutput = true })!;
        var lines = ps.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var fields in lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (Number(fields[0]) != ps.Id)
                yield return new ProcessEntry(Number(fields[0]), Number(fields[1]), 0, 0);
        }
    }

    private static IEnumerable<ProcessEntry> FromWindows()
    {
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                if (Describe(process) is { } entry)
                    yield return entry;
            }
        }
    }

    /// <summary>Null for a process that may not be asked, which is then none of ours.</summary>
    private static ProcessEntry? Describe(Process process)
    {
        try
        {
            var words = new nint[6];
            return NtQueryInformationProcess(process.Handle, 0, words, words.Length * nint.Size, out _) == 0
                ? new ProcessEntry(process.Id, (int)words[5], 0, process.StartTime.Ticks)
                : null;
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static int Number(string field) => int.Parse(field, CultureInfo.InvariantCulture);

    /// <remarks>PROCESS_BASIC_INFORMATION is six words, the last the id of the parent.</remarks>
    [LibraryImport("ntdll.dll")]
    private static partial int NtQueryInformationProcess(nint process, int kind, [Out] nint[] words, int size, out int length);
}
