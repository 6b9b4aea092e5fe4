using System.Globalization;
using System.Runtime.InteropServices;

namespace Seidra.Cutover.Bench;

/// <summary>Where the figures were measured.</summary>
/// <param name="Os">The operating system.</param>
/// <param name="Processor">The processor's model.</param>
/// <param name="Cores">Its cores that this process may use.</param>
/// <param name="MemoryMb">Memory in MiB.</param>
/// <param name="Runtime">The runtime of ours.</param>
internal sealed record Machine(string Os, string Processor, int Cores, long MemoryMb, string Runtime)
{
    /// <summary>This machine.</summary>
    public static Machine Current() => new(
        RuntimeInformation.OSDescription,
        Field("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20,
        RuntimeInformation.FrameworkDescription);

    /// <summary>The load averages of 1, 5 and 15 minutes; empty where the system tells none.</summary>
    public static IReadOnlyList<double> Load() => File.Exists("/proc/loadavg")
        ? [.. File.ReadAllText("/proc/loadavg").Split(' ').Take(3).Select(field => double.Parse(field, CultureInfo.InvariantCulture))]
        : [];

    private static string? Field(string file, string name) => File.Exists(file)
        ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
        : null;
}
