using System.Diagnostics;

namespace Seidra.Sandbox.World;

/// <summary>The runs that need the world. When the last one is gone, a linger time runs.</summary>
internal sealed class RunLeashes(TimeSpan linger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly Lock sync = new();
    private readonly HashSet<ProcessIdentity> runs = [];

    /// <summary>A run needs the world from now on.</summary>
    public void Add(ProcessIdentity run)
    {
        lock (sync)
            runs.Add(run);
    }

    /// <summary>Completes when no run has needed the world for the linger time, or when cancelled.</summary>
    public async Task WaitForEndAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval);
        for (var alone = Stopwatch.StartNew(); ; await timer.WaitForNextTickAsync(cancellation))
        {
            // Looked at before the clock: a machine that slept has not been alone.
            if (AnyAlive())
                alone.Restart();
            else if (alone.Elapsed >= linger)
                return;
        }
    }

    private bool AnyAlive()
    {
        lock (sync)
        {
            runs.RemoveWhere(run => !run.IsAlive);
            return runs.Count > 0;
        }
    }
}
