using System.Diagnostics;

namespace Seidra.Sandbox.World;

/// <summary>Starts a world's process and waits until it is ready, passing on what it says meanwhile.</summary>
internal sealed class WorldLauncher(WorldLayout layout, WorldOptions options, Action<string> log)
{
    // The world outlives this process and must not hold its terminal or pipes; exec keeps the process id.
    private const string Script = """log=$1; shift; exec "$@" </dev/null >>"$log" 2>&1""";

    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(5);

    /// <summary>Starts a world.</summary>
    /// <returns>Its card, or null when another process is at work in the folder: look again in a moment.</returns>
    /// <exception cref="SandboxException">The world did not come up.</exception>
    public async Task<WorldFile?> StartAsync(CancellationToken cancellation)
    {
        layout.Create();
        var heard = File.Exists(layout.WorldLog) ? new FileInfo(layout.WorldLog).Length : 0;
        var start = new ProcessStartInfo(
            "/bin/sh", ["-c", Script, "seidra-world", layout.WorldLog, .. WorldProcess.Argv(layout, options, ProcessIdentity.Current)])
        {
            WorkingDirectory = layout.Root,
        };
        CleanEnvironment.Apply(start);
        using var process = Process.Start(start)!;
        try
        {
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < LongestStart; await Task.Delay(20, cancellation))
            {
                heard = PassOn(heard);
                if (WorldFile.Read(layout) is { } world && world.Process.Pid == process.Id)
                    return world;
                if (process.HasExited)
                    return process.ExitCode == WorldProcess.Occupied ? null : throw Ended(process.ExitCode);
            }

            throw new SandboxException($"Expected the rehearsal's world to be ready within {LongestStart.TotalMinutes:0} min, it is not; see {layout.WorldLog}");
        }
        catch
        {
            // Cancelled or given up: a half-started world that nobody waits for would only be in the way.
            if (ProcessIdentity.Of(process.Id) is { } identity && !process.HasExited)
                await identity.StopAsync(TimeSpan.FromSeconds(20));
            throw;
        }
    }

    private SandboxException Ended(int code)
    {
        var lastWords = string.Join(" | ", File.ReadLines(layout.WorldLog).TakeLast(3));
        return new SandboxException($"Expected the rehearsal's world to start, found that it ended with code {code}: {lastWords} (log: {layout.WorldLog})");
    }

    private long PassOn(long from)
    {
        if (!File.Exists(layout.WorldLog))
            return from;
        using var file = new FileStream(layout.WorldLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(from, SeekOrigin.Begin);
        using var reader = new StreamReader(file);
        var text = reader.ReadToEnd();
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        foreach (var line in whole.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            log(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        return from + System.Text.Encoding.UTF8.GetByteCount(whole);
    }
}
