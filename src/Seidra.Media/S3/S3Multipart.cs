using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Seidra.Media;

/// <summary>Uploads large objects part by part. All uploads of a store share a few part buffers, which bounds its memory.</summary>
internal sealed class S3Multipart(S3Connection connection) : IDisposable
{
    private const int PartsInFlight = 4;
    private const int SmallestPart = 16 * 1024 * 1024;
    private const int MostParts = 10_000;

    private readonly SemaphoreSlim slots = new(PartsInFlight);
    private readonly ConcurrentBag<byte[]> buffers = [];

    public async Task<StoredObject> PutAsync(
        string key, Stream content, long length, List<KeyValuePair<string, string>> headers, CancellationToken ct)
    {
        var upload = await BeginAsync(key, headers, ct);
        try
        {
            var parts = await SendPartsAsync(key, upload, content, length, ct);
            return await CompleteAsync(key, upload, parts, length, ct);
        }
        catch
        {
            await AbortAsync(key, upload);
            throw;
        }
    }

    public void Dispose() => slots.Dispose();

    private static int PartSizeFor(long length) => (int)Math.Max(SmallestPart, (length + MostParts - 1) / MostParts);

    private async Task<string> BeginAsync(string key, List<KeyValuePair<string, string>> headers, CancellationToken ct)
    {
        var request = new S3Request(HttpMethod.Post, key) { Query = [new("uploads", "")], Headers = headers };
        using var response = await connection.SendAsync(request, ct);
        return Parse(key, await response.Content.ReadAsByteArrayAsync(ct), "UploadId");
    }

    private async Task<List<byte[]>> SendPartsAsync(string key, string upload, Stream content, long length, CancellationToken ct)
    {
        var partSize = PartSizeFor(length);
        var sending = new List<Task<byte[]>>();
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            for (var left = length; left > 0; left -= partSize)
            {
                await slots.WaitAsync(failed.Token);
                var buffer = buffers.TryTake(out var used) && used.Length >= partSize ? used : new byte[partSize];
                var part = buffer.AsMemory(0, (int)Math.Min(partSize, left));
                try
                {
                    await FillAsync(key, content, part, failed.Token);
                    if (left <= partSize && await content.ReadAsync(new byte[1], failed.Token) > 0)
                    {
                        throw new MediaObjectException(key, ObjectFailure.Changed, $"{key}: the source gave more than {length} bytes.");
                    }
                }
                catch
                {
                    Release(buffer);
                    throw;
                }

                sending.Add(SendPartAsync(key, upload, sending.Count + 1, buffer, part, failed));
            }

            return [.. await Task.WhenAll(sending)];
        }
        catch
        {
            await failed.CancelAsync();
            var ended = Task.WhenAll(sending);
            await ended.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            // A part's own failure is the cause; that the others were cancelled over it is not.
            ct.ThrowIfCancellationRequested();
            if (ended.Exception?.InnerExceptions.FirstOrDefault(e => e is not OperationCanceledException) is { } cause)
            {
                throw cause;
            }

            throw;
        }
    }

    private static async Task FillAsync(string key, Stream content, Memory<byte> part, CancellationToken ct)
    {
        var read = await content.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false, ct);
        if (read < part.Length)
        {
            throw new MediaObjectException(key, ObjectFailure.Changed, $"{key}: the source ended early.");
        }
    }

    private async Task<byte[]> SendPartAsync(
        string key, string upload, int number, byte[] buffer, ReadOnlyMemory<byte> part, CancellationTokenSource failed)
    {
        try
        {
            var md5 = await Task.Run(() => S3Digest.Md5(part.Span), failed.Token);
            // The server refuses a part whose bytes are not those of the signed digest.
            var request = new S3Request(HttpMethod.Put, key)
            {
                Query = [new("partNumber", number.ToString(CultureInfo.InvariantCulture)), new("uploadId", upload)],
                Headers = [new("content-md5", Convert.ToBase64String(md5))],
                Body = S3Body.Of(part, SigV4.UnsignedPayload),
            };
            using var response = await connection.SendAsync(request, failed.Token);
            return md5;
        }
        catch
        {
            await failed.CancelAsync();
            throw;
        }
        finally
        {
            Release(buffer);
        }
    }

    private async Task<StoredObject> CompleteAsync(string key, string upload, List<byte[]> parts, long length, CancellationToken ct)
    {
        // Parts are named by their ETag, which S3 defines as the part's MD5.
        var list = new XElement("CompleteMultipartUpload", parts.Select((md5, index) => new XElement(
            "Part", new XElement("PartNumber", index + 1), new XElement("ETag", $"\"{Convert.ToHexStringLower(md5)}\""))));
        var body = Encoding.UTF8.GetBytes(list.ToString(SaveOptions.DisableFormatting));
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body));
        var request = new S3Request(HttpMethod.Post, key) { Query = [new("uploadId", upload)], Body = S3Body.Of(body, hash), Accepted = [404] };
        var expected = $"{Convert.ToHexStringLower(S3Digest.Md5([.. parts.SelectMany(md5 => md5)]))}-{parts.Count}";
        using var response = await connection.SendAsync(request, ct);
        if (response.StatusCode != HttpStatusCode.NotFound)
        {
            Parse(key, await response.Content.ReadAsByteArrayAsync(ct), "ETag");
        }

        // A repeated completion finds no upload where the first one, whose answer was lost, had done it: the object decides.
        // Its ETag is the MD5 of the parts' MD5s on servers that form it as AWS does.
        using var head = await connection.SendAsync(new S3Request(HttpMethod.Head, key), ct);
        var stored = S3Headers.Describe(key, head);
        return stored.SizeBytes == length
            ? stored with { Proven = stored.ETag == expected }
            : throw new MediaObjectException(key, ObjectFailure.Transient, $"{key}: expected {length} bytes after the upload, the server has {stored.SizeBytes}.");
    }

    private async Task AbortAsync(string key, string upload)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            var request = new S3Request(HttpMethod.Delete, key) { Query = [new("uploadId", upload)], Accepted = [404] };
            using var response = await connection.SendAsync(request, limit.Token);
        }
        catch (Exception error) when (error is MediaException or OperationCanceledException)
        {
            // The failure that led here is the one to report; the server's own lifecycle clears what stays behind.
        }
    }

    private void Release(byte[] buffer)
    {
        buffers.Add(buffer);
        slots.Release();
    }

    // A completion can fail after its 200 was sent: then the body is an Error.
    private static string Parse(string key, byte[] body, string element)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), S3Xml.Settings);
            var root = XElement.Load(reader);
            return root.Elements().FirstOrDefault(e => e.Name.LocalName == element)?.Value
                ?? throw new MediaObjectException(key, ObjectFailure.Transient, $"{key}: the server answered {root.Name.LocalName} without {element}.");
        }
        catch (XmlException error)
        {
            throw new MediaObjectException(key, ObjectFailure.Transient, $"{key}: the server's answer is no XML.", error);
        }
    }
}
