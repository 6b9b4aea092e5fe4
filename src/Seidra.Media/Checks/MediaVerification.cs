using System.Collections.Concurrent;

namespace Seidra.Media;

/// <summary>Proves again that a target holds what its manifest lists. Reads only.</summary>
public static class MediaVerification
{
    /// <summary>How many differences are named; the rest is only counted.</summary>
    public const int NamedAtMost = 1000;

    private const int Parallelism = 16;

    /// <summary>Checks every object of the manifest that the source still had.</summary>
    /// <param name="store">The target that the manifest describes.</param>
    /// <param name="manifestPath">The manifest.</param>
    /// <param name="full">Reads every object back and compares SHA-256; else size and mark are compared.</param>
    /// <param name="ct">Cancels the check.</param>
    /// <exception cref="MediaException">The manifest is missing or damaged, or the store fails.</exception>
    public static async Task<MediaVerificationResult> RunAsync(
        IObjectStore store, string manifestPath, bool full, CancellationToken ct = default)
    {
        var differences = new ConcurrentQueue<string>();
        var (objects, bytes, verified, different) = (0L, 0L, 0L, 0L);
        await Parallel.ForEachAsync(
            MediaManifest.ReadAsync(manifestPath, ct).Where(entry => !entry.Gone),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = ct },
            async (entry, each) =>
            {
                Interlocked.Increment(ref objects);
                Interlocked.Add(ref bytes, entry.SizeBytes);
                if (await DifferenceAsync(store, entry, full, each) is not { } difference)
                {
                    Interlocked.Increment(ref verified);
                }
                else if (Interlocked.Increment(ref different) <= NamedAtMost)
                {
                    differences.Enqueue($"{entry.TargetKey}: {difference}");
                }
            });
        return new MediaVerificationResult(objects, bytes, verified, different, [.. differences.Order(KeyOrder.Instance)]);
    }

    private static async Task<string?> DifferenceAsync(IObjectStore store, ManifestEntry entry, bool full, CancellationToken ct)
    {
        try
        {
            return full ? await ContentDifferenceAsync(store, entry, ct)
                : await store.HeadAsync(entry.TargetKey, ct) is not { } found ? "missing"
                : found.SizeBytes != entry.SizeBytes ? $"expected {entry.SizeBytes} bytes, found {found.SizeBytes}"
                : found.ETag != entry.TargetETag ? "changed since it was copied"
                : null;
        }
        catch (MediaObjectException error)
        {
            return error.Failure == ObjectFailure.Vanished ? "missing" : error.Message;
        }
    }

    private static async Task<string?> ContentDifferenceAsync(IObjectStore store, ManifestEntry entry, CancellationToken ct)
    {
        await using var content = await store.OpenReadAsync(entry.TargetKey, ct);
        var sha256 = await HashingStream.HashAsync(content.Stream, ct);
        return sha256 != entry.Sha256 ? $"expected SHA-256 {entry.Sha256}, found {sha256}"
            : content.Metadata != Expected(entry.Metadata, content.Metadata) ? "its metadata is not what was copied"
            : null;
    }

    // Stores give an object without a media type one of their own.
    private static ObjectMetadata Expected(ObjectMetadata copied, ObjectMetadata found) =>
        copied.ContentType is null ? copied with { ContentType = found.ContentType } : copied;
}
