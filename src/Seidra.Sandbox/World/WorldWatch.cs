using System.Diagnostics;

namespace Seidra.Sandbox.World;

/// <summary>
/// Lets Ultimate's processes outlive a killed world, as a production would, but not for ever: nobody would ever end them
/// on a machine where the rehearsal is not taken up again.
/// </summary>
internal sealed class WorldWatch(string worldFile)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(5);

    private readonly WorldLayout layout = new(Path.GetDirectoryName(worldFile)!);

    /// <summary>Completes when no world has served from the folder for longer than one lingers and one starts; or when cancelled.</summary>
    public async Task WaitForEndAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval);
        var linger = TimeSpan.Zero;
        for (var alone = Stopwatch.StartNew(); alone.Elapsed <= linger + LongestStart; await timer.WaitForNextTickAsync(cancellation))
        {
            if (WorldFile.Read(layout) is not { Process.IsAlive: true } world)
                continue;
            linger = TimeSpan.FromSeconds(world.LingerSeconds);
            alone.Restart();
        }
    }
}
