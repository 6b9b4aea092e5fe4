namespace Seidra.Media;

/// <summary>Tells one uptime of the machine from the next.</summary>
internal static class BootId
{
    private const string LinuxBootId = "/proc/sys/kernel/random/boot_id";

    /// <summary>Changes with every start of the machine; where the system has no such mark, it is always the same.</summary>
    public static string Current { get; } = File.Exists(LinuxBootId) ? File.ReadAllText(LinuxBootId).Trim() : "unknown";
}
