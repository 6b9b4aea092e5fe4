using System.Diagnostics;
using System.Text.Json;
using Seidra.Sandbox.Machines;

namespace Seidra.Sandbox.World;

/// <summary>The world's loopback ports. Chosen once, because a step whose addresses change is another step.</summary>
internal sealed record WorldPorts(int Door, int Admin, int Classic, int Staging, int Production)
{
    // A killed world's children may need a moment to let go.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The ports of earlier starts; one that somebody else took meanwhile is chosen anew and logged, missing ones are
    /// chosen now.
    /// </summary>
    /// <param name="layout">The world's folder.</param>
    /// <param name="servicesRun">Whether Ultimate's own processes may be listening on their ports already.</param>
    /// <param name="log">Gets a line for each change.</param>
    public static async Task<WorldPorts> SettleAsync(WorldLayout layout, bool servicesRun, Action<string> log)
    {
        var kept = Read(layout);
        var chosen = new HashSet<int>();
        async Task<int> ChooseAsync(int? port, string name, bool mayBeTaken = false)
        {
            if (port is { } old && (mayBeTaken || await IsFreeSoonAsync(old)) && chosen.Add(old))
                return old;
            var fresh = FreePorts.Next();
            while (!chosen.Add(fresh))
                fresh = FreePorts.Next();
            if (port is { } lost)
                log($"port {lost} of {name} is taken by somebody else; using {fresh} from now on");
            return fresh;
        }

        var ports = new WorldPorts(
            await ChooseAsync(kept?.Door, "the front door"),
            await ChooseAsync(kept?.Admin, "the front door's admin API"),
            await ChooseAsync(kept?.Classic, "Classic"),
            await ChooseAsync(kept?.Staging, "Ultimate's staging", servicesRun),
            await ChooseAsync(kept?.Production, "Ultimate's production", servicesRun));
        if (ports != kept)
            AtomicFile.Write(layout.PortsFile, JsonSerializer.Serialize(ports, WorldJson.Default.WorldPorts));
        return ports;
    }

    private static async Task<bool> IsFreeSoonAsync(int port)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience; await Task.Delay(20))
        {
            if (FreePorts.IsFree(port))
                return true;
        }

        return false;
    }

    private static WorldPorts? Read(WorldLayout layout) => File.Exists(layout.PortsFile)
        ? JsonSerializer.Deserialize(File.ReadAllText(layout.PortsFile), WorldJson.Default.WorldPorts)
        : null;
}
