using System.Threading.Channels;

namespace Seidra.Media;

/// <summary>Merges the source's listing, the manifest and, where keys are the same on both sides, the target's listing: in
/// constant memory, since all three are sorted. What needs a worker goes into a channel.</summary>
internal sealed class SyncDiff(
    IObjectStore source, IObjectStore target, MediaSyncOptions options, OrderedManifest manifest, SyncCounters counters)
{
    /// <summary>What an earlier pass copied and the source no longer has.</summary>
    public List<ManifestEntry> Gone { get; } = [];

    public async Task RunAsync(ManifestReader? manifestReader, ChannelWriter<SyncItem> work, CancellationToken ct)
    {
        using var known = new KnownObjects(manifestReader);
        await using var listing = options.MapKey is null && manifestReader is not null
            ? new TargetListing(target.ListAsync(null, ct).GetAsyncEnumerator(ct))
            : null;
        await foreach (var stored in source.ListAsync(null, ct))
        {
            await KeepGoneAsync(known, stored.Key, ct);
            var entry = known.TakeAt(stored.Key);
            var targetKey = options.MapKey?.Invoke(stored.Key) ?? entry?.TargetKey ?? stored.Key;
            var unchanged = entry is not null && entry.TargetKey == targetKey && IsUnchanged(stored, entry);
            var place = await manifest.BeginAsync(ct);
            if (unchanged && listing is not null && targetKey == stored.Key)
            {
                unchanged = IsAtTarget(entry!, await listing.FindAsync(targetKey));
                if (unchanged)
                {
                    manifest.Complete(place, entry! with { Gone = false });
                    counters.Skipped(stored.SizeBytes);
                    continue;
                }
            }

            await work.WriteAsync(new SyncItem(place, stored, targetKey, entry, unchanged), ct);
        }

        await KeepGoneAsync(known, null, ct);
    }

    public static bool IsUnchanged(StoredObject stored, ManifestEntry entry) =>
        stored.SizeBytes == entry.SizeBytes && stored.ETag == entry.ETag && stored.ModifiedAt == entry.ModifiedAt;

    public static bool IsAtTarget(ManifestEntry entry, StoredObject? found) =>
        found is not null && found.SizeBytes == entry.SizeBytes && found.ETag == entry.TargetETag;

    private async Task KeepGoneAsync(KnownObjects known, string? before, CancellationToken ct)
    {
        while (known.TakeBefore(before) is { } gone)
        {
            Gone.Add(gone);
            manifest.Complete(await manifest.BeginAsync(ct), gone with { Gone = true });
        }
    }
}
