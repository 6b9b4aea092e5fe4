using System.Collections.Concurrent;
using System.Diagnostics;

namespace Seidra.Media;

/// <summary>What a pass has done so far. Thread-safe.</summary>
internal sealed class SyncCounters(Action<long, long>? progress, long total)
{
    private const int MostProblems = 100;

    private readonly ConcurrentQueue<string> problems = new();
    private readonly Lock gate = new();
    private long reportedAt = Stopwatch.GetTimestamp();
    private long objects;
    private long bytes;
    private long copied;
    private long copiedBytes;
    private long changed;
    private long skipped;

    /// <summary>Objects that could not be copied, one line each.</summary>
    public IReadOnlyCollection<string> Problems => problems;

    public long Objects => objects;

    public void Skipped(long size)
    {
        Interlocked.Increment(ref skipped);
        Done(size);
    }

    public void Copied(long size, bool replaced)
    {
        Interlocked.Increment(ref copied);
        Interlocked.Add(ref copiedBytes, size);
        Interlocked.Add(ref changed, replaced ? 1 : 0);
        Done(size);
    }

    /// <summary>Takes note of an object that could not be copied; so many that something general is wrong end the pass.</summary>
    public void Failed(string problem)
    {
        problems.Enqueue(problem);
        if (problems.Count >= MostProblems)
        {
            throw Failure();
        }
    }

    /// <summary>All problems as one exception.</summary>
    public MediaException Failure() => new(
        $"{problems.Count} object(s) could not be copied; {copied + skipped} are safe at the target. First: {problems.First()} "
        + "Put the cause right and run the same command again; it goes on from here.",
        [.. problems]);

    /// <summary>Reports that all objects are done.</summary>
    public void ReportEnd() => Report(objects);

    public MediaSyncResult ToResult(IReadOnlyList<string> gone, string manifestSha256) => new()
    {
        Objects = objects,
        Bytes = bytes,
        Copied = copied,
        CopiedBytes = copiedBytes,
        Verified = copied + skipped,
        Skipped = skipped,
        Changed = changed,
        Gone = gone,
        ManifestSha256 = manifestSha256,
    };

    private void Done(long size)
    {
        Interlocked.Increment(ref objects);
        Interlocked.Add(ref bytes, size);
        var last = Interlocked.Read(ref reportedAt);
        if (progress is not null && Stopwatch.GetElapsedTime(last).TotalMilliseconds >= 50
            && Interlocked.CompareExchange(ref reportedAt, Stopwatch.GetTimestamp(), last) == last)
        {
            Report(total);
        }
    }

    private void Report(long of)
    {
        lock (gate)
        {
            progress?.Invoke(objects, of);
        }
    }
}
