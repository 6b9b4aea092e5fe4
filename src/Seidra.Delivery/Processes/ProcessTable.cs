using System.Globalization;

namespace Seidra.Delivery;

/// <summary>One row of the kernel's process table (proc(5), /proc/pid/stat).</summary>
/// <param name="Pid">Process id.</param>
/// <param name="State">R, S, D, Z (ended, not yet collected), ...</param>
/// <param name="Parent">Parent's id.</param>
/// <param name="Session">Session id.</param>
/// <param name="StartTicks">Start in clock ticks since boot; with the pid it names one process for good.</param>
internal sealed record ProcessRow(int Pid, char State, int Parent, int Session, long StartTicks)
{
    public bool IsAlive => State is not ('Z' or 'X' or 'x');
}

/// <summary>Reads Linux's process table.</summary>
internal static class ProcessTable
{
    /// <summary>One process, or null where it is gone.</summary>
    public static ProcessRow? Find(int pid)
    {
        try
        {
            return Parse(File.ReadAllText($"/proc/{pid}/stat"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>All processes, ended ones included.</summary>
    public static IReadOnlyList<ProcessRow> All() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, null, out var pid) ? Find(pid) : null)
            .OfType<ProcessRow>(),
    ];

    /// <summary>True where the process was started with this variable set to this value (false where it may not be read).</summary>
    public static bool HasVariable(int pid, string name, string value)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/environ").Split('\0').Contains($"{name}={value}", StringComparer.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static ProcessRow? Parse(string stat)
    {
        // The command's name stands in parentheses and may itself hold spaces and parentheses.
        var open = stat.IndexOf('(', StringComparison.Ordinal);
        var close = stat.LastIndexOf(')');
        if (open < 0 || close < 0) return null;
        var fields = stat[(close + 2)..].Split(' ');
        return fields.Length < 20
            ? null
            : new ProcessRow(
                int.Parse(stat[..open], CultureInfo.InvariantCulture),
                fields[0][0],
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                int.Parse(fields[3], CultureInfo.InvariantCulture),
                long.Parse(fields[19], CultureInfo.InvariantCulture));
    }
}
