namespace Seidra.Media;

/// <summary>What a pass will have to do, by a first look at the source and the manifest alone.</summary>
/// <param name="Objects">Objects at the source.</param>
/// <param name="NewBytes">Bytes to be written, each file rounded up to whole blocks.</param>
internal sealed record SyncPlan(long Objects, long NewBytes)
{
    private const long BlockBytes = 4096;

    public static async Task<SyncPlan> MakeAsync(IObjectStore source, ManifestReader? manifest, CancellationToken ct)
    {
        using var known = new KnownObjects(manifest);
        var (objects, bytes) = (0L, 0L);
        await foreach (var stored in source.ListAsync(null, ct))
        {
            objects++;
            while (known.TakeBefore(stored.Key) is not null)
            {
                // Gone ones need no room.
            }

            if (known.TakeAt(stored.Key) is not { } entry || !SyncDiff.IsUnchanged(stored, entry))
            {
                bytes += (stored.SizeBytes + BlockBytes - 1) / BlockBytes * BlockBytes;
            }
        }

        return new SyncPlan(objects, bytes);
    }

    /// <summary>Fails where the target has less room than the copy needs.</summary>
    public void Require(long freeBytes, IObjectStore target)
    {
        if (NewBytes > freeBytes)
        {
            throw new MediaException(
                $"Expected room for {Size(NewBytes)} in {target.Display}; {Size(freeBytes)} are free. "
                + $"Nothing was copied. Free {Size(NewBytes - freeBytes)} there, or choose another directory in the settings, and run again.");
        }
    }

    private static string Size(long bytes) => bytes < 1 << 20 ? $"{bytes} bytes" : $"{bytes / 1048576.0:0.0} MiB";
}
