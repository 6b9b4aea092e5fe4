namespace Seidra.Media;

/// <summary>Removes from the target what the source no longer has.</summary>
internal static class GoneObjects
{
    /// <summary>Removes the objects; one that is no longer what this manifest put there stays.</summary>
    /// <exception cref="MediaException">The source lists nothing at all: rather a fault of the source than a wish.</exception>
    public static async Task DeleteAsync(
        IObjectStore source, IObjectStore target, IReadOnlyCollection<ManifestEntry> gone, long objects, MediaSyncOptions options, CancellationToken ct)
    {
        if (objects == 0)
        {
            throw new MediaException(
                $"{source.Display} lists no object at all, but the manifest {options.ManifestPath} knows {gone.Count}. Nothing is removed from "
                + $"{target.Display}. Check the source; if it is empty on purpose, empty the target by hand.");
        }

        await Parallel.ForEachAsync(
            gone,
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = ct },
            async (entry, each) =>
            {
                var found = await target.HeadAsync(entry.TargetKey, each);
                if (SyncDiff.IsAtTarget(entry, found))
                {
                    await target.DeleteAsync(entry.TargetKey, each);
                }
                else if (found is not null)
                {
                    options.Log?.Invoke($"{entry.TargetKey} stays in {target.Display}: it is no longer what was copied there.");
                }
            });
    }
}
