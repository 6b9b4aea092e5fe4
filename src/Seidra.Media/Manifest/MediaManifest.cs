using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Seidra.Media;

/// <summary>The list of what a target holds: JSON lines in the order of the source's keys.</summary>
public static class MediaManifest
{
    /// <summary>Reads a manifest entry by entry, in bounded memory. Entries with <see cref="ManifestEntry.Gone"/> are
    /// still at the target but no longer at the source.</summary>
    /// <exception cref="MediaException">The file is missing or damaged.</exception>
    public static async IAsyncEnumerable<ManifestEntry> ReadAsync(
        string path, [EnumeratorCancellation] CancellationToken ct = default)
    {
        using var reader = new ManifestReader(path);
        for (var count = 1; reader.TryRead(out var entry); count++)
        {
            if (count % 4096 == 0)
            {
                await Task.Yield();
                ct.ThrowIfCancellationRequested();
            }

            yield return entry;
        }
    }

    /// <summary>SHA-256 of the manifest file, lower-case hex; null where there is none.</summary>
    /// <exception cref="MediaException">The file cannot be read.</exception>
    public static async Task<string?> Sha256Async(string path, CancellationToken ct = default)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            await using var stream = File.OpenRead(path);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MediaException($"The media manifest {path} cannot be read: {error.Message}", error);
        }
    }
}
