namespace Seidra.Media;

/// <summary>Compares the keys that database rows name with the objects that are there, both ways.</summary>
public static class MediaCrossCheck
{
    /// <summary>How many missing and orphaned keys are named; the rest is only counted.</summary>
    public const int NamedAtMost = 1000;

    /// <summary>Compares rows with objects.</summary>
    /// <param name="rowKeys">The key of each row, in any order; rows may share one. Held in memory.</param>
    /// <param name="objects">The objects, each once, in any order; streamed.</param>
    /// <param name="ct">Cancels the check.</param>
    public static async Task<MediaCrossCheckResult> RunAsync(
        IAsyncEnumerable<string> rowKeys, IAsyncEnumerable<StoredObject> objects, CancellationToken ct = default)
    {
        var rows = 0L;
        var unseen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var key in rowKeys.WithCancellation(ct))
        {
            rows++;
            unseen.Add(key);
        }

        var orphaned = new List<string>();
        var (count, orphans) = (0L, 0L);
        await foreach (var stored in objects.WithCancellation(ct))
        {
            count++;
            if (!unseen.Remove(stored.Key) && ++orphans <= NamedAtMost)
            {
                orphaned.Add(stored.Key);
            }
        }

        return new MediaCrossCheckResult(
            rows, count, unseen.Count, [.. unseen.Order(KeyOrder.Instance).Take(NamedAtMost)], orphans, orphaned);
    }

    /// <inheritdoc cref="RunAsync(IAsyncEnumerable{string}, IAsyncEnumerable{StoredObject}, CancellationToken)"/>
    public static Task<MediaCrossCheckResult> RunAsync(
        IEnumerable<string> rowKeys, IAsyncEnumerable<StoredObject> objects, CancellationToken ct = default) =>
        RunAsync(rowKeys.ToAsyncEnumerable(), objects, ct);
}
