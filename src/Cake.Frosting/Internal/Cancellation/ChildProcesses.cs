using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Cake.Frosting.Internal;

/// <summary>
/// The processes that this one has started, and those that they have. One that made a session of its own (setsid) has
/// asked to outlive its starter, as a service does, and is left alone.
/// </summary>
internal sealed partial class ChildProcesses
{
    private const int Sigterm = 15;
    private const int Sigkill = 9;
    private readonly IReadOnlyList<ProcessEntry> _processes;

    private ChildProcesses(IReadOnlyList<ProcessEntry> processes) => _processes = processes;

    public bool AnyAlive => Alive().Any();

    public static ChildProcesses Now()
    {
        var table = ProcessTable.Read().ToList();
        var children = table.ToLookup(process => process.Parent);
        var session = table.Find(process => process.Id == Environment.ProcessId)?.Session ?? 0;
        var found = new List<ProcessEntry>();
        var queue = new Queue<int>([Environment.ProcessId]);
        while (queue.TryDequeue(out var parent))
        {
            foreach (var child in children[parent].Where(child => child.Session == session && !found.Contains(child)))
            {
                found.Add(child);
                queue.Enqueue(child.Id);
            }
        }

        return new ChildProcesses(found);
    }

    /// <summary>Asks them to end, where the system knows how to ask.</summary>
    public void Terminate() => Signal(Sigterm);

    /// <summary>Ends them at once.</summary>
    public void Kill() => Signal(Sigkill);

    private void Signal(int signal)
    {
        foreach (var process in Alive())
        {
            if (OperatingSystem.IsWindows())
                KillTree(process.Id);
            else
                _ = SendSignal(process.Id, signal);
        }
    }

    private IEnumerable<ProcessEntry> Alive()
    {
        var now = ProcessTable.Read().Select(process => (process.Id, process.Started)).ToHashSet();
        return _processes.Where(process => now.Contains((process.Id, process.Started)));
    }

    private static void KillTree(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended meanwhile.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int id, int signal);
}
