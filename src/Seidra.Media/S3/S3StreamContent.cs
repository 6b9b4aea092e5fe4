using System.Net;
using System.Security.Cryptography;

namespace Seidra.Media;

/// <summary>A PUT's body that flows from a stream: counts, hashes and watches progress on the way.</summary>
internal sealed class S3StreamContent(string key, Stream source, long length, IncrementalHash md5) : HttpContent
{
    private const int BlockBytes = 64 * 1024;

    private static readonly TimeSpan StallAfter = TimeSpan.FromSeconds(60);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = new byte[BlockBytes];
        var sent = 0L;
        while (sent < length)
        {
            var read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(BlockBytes, length - sent)), cancellationToken);
            if (read == 0)
            {
                throw Wrong($"{sent}");
            }

            md5.AppendData(buffer, 0, read);
            using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            stall.CancelAfter(StallAfter);
            await stream.WriteAsync(buffer.AsMemory(0, read), stall.Token);
            sent += read;
        }

        // The read beyond the end lets the source check itself and shows a source that has grown.
        if (await source.ReadAsync(buffer, cancellationToken) > 0)
        {
            throw Wrong("more");
        }
    }

    protected override bool TryComputeLength(out long value)
    {
        value = length;
        return true;
    }

    private MediaObjectException Wrong(string found) =>
        new(key, ObjectFailure.Changed, $"{key}: expected {length} bytes, the source gave {found}.");
}
