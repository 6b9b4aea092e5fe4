using System.Diagnostics;

namespace Seidra.Sandbox.World;

/// <summary>
/// Lets Ultimate's processes outlive a killed world, as a production would, but not for ever: nobody would ever end them
/// on a machine where the rehearsal is not taken up again.
/// </summary>
/// <param name="worldFile">The world's card.</param>
/// <param name="patience">How long a killed world may stay away before nobody is expected to start it again.</param>
internal sealed class WorldWatch(string worldFile, TimeSpan patience)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly WorldLayout layout = new(Path.GetDirectoryName(Path.GetFullPath(worldFile))!);

    /// <summary>Completes when no world has served from the folder for its linger time and the patience; or when cancelled.</summary>
    public async Task WaitForEndAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval);
        var linger = TimeSpan.Zero;
        for (var alone = Stopwatch.StartNew(); ; await timer.WaitForNextTickAsync(cancellation))
        {
            // Looked at before the clock: a machine that slept has not been alone.
            if (WorldFile.Read(layout) is { Process.IsAlive: true } world)
            {
                linger = TimeSpan.FromSeconds(world.LingerSeconds);
                alone.Restart();
            }
            else if (alone.Elapsed > linger + patience)
            {
                return;
            }
        }
    }
}
