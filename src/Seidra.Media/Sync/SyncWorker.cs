using System.Threading.Channels;

namespace Seidra.Media;

/// <summary>Takes objects from the channel until it is empty: looks at the target where that is all there is to do, else
/// copies.</summary>
internal sealed class SyncWorker(IObjectStore target, ObjectCopier copier, OrderedManifest manifest, SyncCounters counters)
{
    public async Task RunAsync(ChannelReader<SyncItem> work, CancellationToken ct)
    {
        await foreach (var item in work.ReadAllAsync(ct))
        {
            manifest.Complete(item.Place, await HandleAsync(item, ct));
        }
    }

    private async Task<ManifestEntry?> HandleAsync(SyncItem item, CancellationToken ct)
    {
        try
        {
            if (item is { Unchanged: true, Known: { } known }
                && SyncDiff.IsAtTarget(known, await target.HeadAsync(item.TargetKey, ct)))
            {
                counters.Skipped(known.SizeBytes);
                return known with { Gone = false };
            }

            if (await copier.CopyAsync(item.Source, item.TargetKey, ct) is { } entry)
            {
                counters.Copied(entry.SizeBytes, replaced: item.Known is not null);
                return entry;
            }

            // It was deleted between listing and reading; what an earlier pass copied is still at the target.
            return item.Known is null ? null : item.Known with { Gone = true };
        }
        catch (MediaObjectException error)
        {
            counters.Failed(error.Message);
            return null;
        }
    }
}
