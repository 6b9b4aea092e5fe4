using System.Diagnostics;

namespace Seidra.Delivery;

/// <summary>
/// A process and all it started, children that left their parent or their session included: those are known by a
/// variable that every child of the root inherits.
/// </summary>
internal sealed class ProcessTree(int root, string? markerName = null, string? markerValue = null)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly HashSet<(int Pid, long StartTicks)> _known = [];

    /// <summary>Ends the tree: SIGTERM, then SIGKILL for what is left after the grace. Returns when none is left.</summary>
    /// <param name="grace">Time to end in order; zero kills at once.</param>
    public async Task EndAsync(TimeSpan grace)
    {
        if (!OperatingSystem.IsLinux())
        {
            KillByRuntime();
            return;
        }

        var clock = Stopwatch.StartNew();
        if (grace > TimeSpan.Zero)
        {
            foreach (var row in Alive()) Libc.Signal(row.Pid, Libc.SigTerm);
            while (clock.Elapsed < grace && Alive().Count > 0) await Task.Delay(Pause);
        }

        // Again and again: a process may have forked between the look and the signal.
        for (var alive = Alive(); alive.Count > 0 && clock.Elapsed < grace + TimeSpan.FromSeconds(10); alive = Alive())
        {
            foreach (var row in alive) Libc.Signal(row.Pid, Libc.SigKill);
            await Task.Delay(Pause);
        }
    }

    /// <summary>The living members now. Members seen once stay known when their parent ends before them.</summary>
    public IReadOnlyList<ProcessRow> Alive()
    {
        var all = ProcessTable.All();
        for (var found = -1; found != _known.Count;)
        {
            found = _known.Count;
            var pids = _known.Select(known => known.Pid).ToHashSet();
            foreach (var row in all)
            {
                if (row.Pid != Environment.ProcessId && !_known.Contains((row.Pid, row.StartTicks)) && IsMember(row, pids))
                {
                    _known.Add((row.Pid, row.StartTicks));
                }
            }
        }

        return [.. all.Where(row => row.IsAlive && _known.Contains((row.Pid, row.StartTicks)))];
    }

    private bool IsMember(ProcessRow row, HashSet<int> known) =>
        row.Pid == root || row.Session == root || known.Contains(row.Parent)
        || (markerName is not null && markerValue is not null && ProcessTable.HasVariable(row.Pid, markerName, markerValue));

    private void KillByRuntime()
    {
        try
        {
            using var process = Process.GetProcessById(root);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // Already gone: that is what was asked for.
        }
    }
}
