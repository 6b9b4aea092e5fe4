using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Seidra.Media;

/// <summary>Copies one object, proves it on the far side, and tries again where that helps.</summary>
internal sealed class ObjectCopier(IObjectStore source, IObjectStore target, bool keepsKeys, RetryPolicy retry)
{
    /// <summary>Copies the object.</summary>
    /// <returns>Its line for the manifest, or null where the source no longer has it.</returns>
    /// <exception cref="MediaException">It cannot be copied.</exception>
    public async Task<ManifestEntry?> CopyAsync(StoredObject listed, string targetKey, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var content = await OpenAsync(listed.Key, ct);
                return content is null ? null : await CopyAsync(listed, content, targetKey, ct);
            }
            catch (MediaObjectException error) when (error.Failure == ObjectFailure.UnusableKey && keepsKeys && targetKey == listed.Key)
            {
                targetKey = StandIn(listed.Key);
            }
            catch (MediaObjectException error) when (attempt < retry.Attempts && error.Failure is not (ObjectFailure.Refused or ObjectFailure.UnusableKey))
            {
                await Task.Delay(retry.DelayAfter(attempt), ct);
            }
        }
    }

    // Where a target cannot hold a key (a directory cannot hold '/a', 'a//b' or '../a'), the object lies under this one; the
    // manifest names both.
    private static string StandIn(string key)
    {
        var extension = Path.GetExtension(key);
        var usable = extension.Length is > 1 and <= 8 && extension.Skip(1).All(char.IsAsciiLetterOrDigit);
        return $"_unplaceable/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}{(usable ? extension : "")}";
    }

    private async Task<ObjectContent?> OpenAsync(string key, CancellationToken ct)
    {
        try
        {
            return await source.OpenReadAsync(key, ct);
        }
        catch (MediaObjectException error) when (error.Failure == ObjectFailure.Vanished)
        {
            return null;
        }
    }

    private async Task<ManifestEntry> CopyAsync(StoredObject listed, ObjectContent content, string targetKey, CancellationToken ct)
    {
        var (stored, sha256) = content.Stored.SizeBytes <= BufferedObject.AtMost
            ? await SendBufferedAsync(content, targetKey, ct)
            : await SendStreamAsync(content, targetKey, ct);
        if (!stored.Proven)
        {
            await ReadBackAsync(targetKey, sha256, ct);
        }

        // A listing tells the time of change more finely than a single answer does; keep its word for the same object.
        var read = content.Stored;
        var same = read.ETag == listed.ETag && read.SizeBytes == listed.SizeBytes;
        return new ManifestEntry(
            listed.Key, targetKey, read.SizeBytes, sha256, read.ETag, stored.ETag, same ? listed.ModifiedAt : read.ModifiedAt,
            content.Metadata);
    }

    private async Task<(StoredObject Stored, string Sha256)> SendBufferedAsync(ObjectContent content, string targetKey, CancellationToken ct)
    {
        var size = (int)content.Stored.SizeBytes;
        // One byte more than the object has: room for noticing that it grew, and for reading its end.
        var buffer = ArrayPool<byte>.Shared.Rent(size + 1);
        try
        {
            var length = 0;
            for (int read; (read = await content.Stream.ReadAsync(buffer.AsMemory(length, size + 1 - length), ct)) > 0;)
            {
                length += read;
                if (length > size)
                {
                    throw new MediaObjectException(content.Stored.Key, ObjectFailure.Changed, $"{content.Stored.Key} grew while it was read.");
                }
            }

            using var buffered = new BufferedObject(buffer, length);
            return (await target.PutAsync(targetKey, buffered, length, content.Metadata, ct), buffered.Sha256);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<(StoredObject Stored, string Sha256)> SendStreamAsync(ObjectContent content, string targetKey, CancellationToken ct)
    {
        await using var hashing = new HashingStream(content.Stream);
        var stored = await target.PutAsync(targetKey, hashing, content.Stored.SizeBytes, content.Metadata, ct);
        return (stored, hashing.Sha256());
    }

    private async Task ReadBackAsync(string targetKey, string sha256, CancellationToken ct)
    {
        await using var content = await target.OpenReadAsync(targetKey, ct);
        if (await HashingStream.HashAsync(content.Stream, ct) != sha256)
        {
            throw new MediaObjectException(
                targetKey, ObjectFailure.Transient, $"{targetKey} read back from {target.Display} is not what was sent.");
        }
    }
}
