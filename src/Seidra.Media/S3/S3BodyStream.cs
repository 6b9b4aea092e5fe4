using System.Security.Cryptography;

namespace Seidra.Media;

/// <summary>The body of a GET: notices a stalled connection, a body cut short, and bytes that are not those of the ETag.</summary>
internal sealed class S3BodyStream(string key, HttpResponseMessage response, Stream body, long length, string? md5) : ReadOnlyStream
{
    private static readonly TimeSpan StallAfter = TimeSpan.FromSeconds(60);

    private readonly IncrementalHash? hash = md5 is null ? null : S3Digest.CreateMd5();
    private long received;
    private bool checkedWhole;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stall.CancelAfter(StallAfter);
        try
        {
            read = await body.ReadAsync(buffer, stall.Token);
        }
        catch (Exception error) when (error is IOException or HttpRequestException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Damaged($"the transfer broke off after {received} of {length} bytes", error);
        }

        received += read;
        hash?.AppendData(buffer.Span[..read]);
        if (read == 0 && buffer.Length > 0 && !checkedWhole)
        {
            checkedWhole = true;
            Check();
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash?.Dispose();
            body.Dispose();
            response.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Check()
    {
        if (received != length)
        {
            throw Damaged($"expected {length} bytes, received {received}");
        }

        if (hash is not null && !Convert.ToHexStringLower(hash.GetHashAndReset()).Equals(md5, StringComparison.Ordinal))
        {
            throw Damaged("the bytes received are not those of the object's ETag");
        }
    }

    private MediaObjectException Damaged(string found, Exception? error = null) =>
        new(key, ObjectFailure.Transient, $"{key}: {found}.", error);
}
