namespace Seidra.Media;

/// <summary>A bucket of an S3 server. Objects stream through pooled connections with signatures of its own; the Minio SDK
/// only manages the bucket, since its data path changes keys and buffers parts.</summary>
public sealed class S3ObjectStore : IObjectStore
{
    /// <summary>Up to here an object is one PUT; above, a multipart upload in bounded memory.</summary>
    public const long SinglePutAtMost = 64L * 1024 * 1024;

    private readonly S3Target target;
    private readonly S3Connection connection;
    private readonly S3Multipart multipart;
    private readonly S3Listing listing;

    internal S3ObjectStore(S3Target target, RetryPolicy? retry = null, int pageSize = 1000)
    {
        this.target = target;
        connection = new S3Connection(target, retry ?? RetryPolicy.Default);
        multipart = new S3Multipart(connection);
        listing = new S3Listing(connection, target, pageSize);
    }

    /// <inheritdoc/>
    public string Display => target.ToString();

    /// <inheritdoc/>
    public long? FreeBytes => null;

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredObject> ListAsync(string? prefix = null, CancellationToken ct = default) =>
        listing.ListAsync(prefix, ct);

    /// <inheritdoc/>
    public async Task<StoredObject?> HeadAsync(string key, CancellationToken ct = default)
    {
        using var response = await connection.SendAsync(new S3Request(HttpMethod.Head, Checked(key)) { Accepted = [404] }, ct);
        return response.IsSuccessStatusCode ? S3Headers.Describe(key, response) : null;
    }

    /// <inheritdoc/>
    public async Task<ObjectContent> OpenReadAsync(string key, CancellationToken ct = default)
    {
        var response = await connection.SendAsync(new S3Request(HttpMethod.Get, Checked(key)), ct);
        try
        {
            var stored = S3Headers.Describe(key, response);
            var body = await response.Content.ReadAsStreamAsync(ct);
            return new ObjectContent(
                stored, S3Headers.MetadataOf(response),
                new S3BodyStream(key, response, body, stored.SizeBytes, S3Headers.Md5Of(response)));
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<StoredObject> PutAsync(
        string key, Stream content, long length, ObjectMetadata metadata, CancellationToken ct = default)
    {
        var headers = S3Headers.From(Checked(key), metadata);
        if (length > SinglePutAtMost)
        {
            return await multipart.PutAsync(key, content, length, headers, ct);
        }

        return content is BufferedObject buffered
            ? await PutBufferedAsync(key, buffered, headers, ct)
            : await PutStreamAsync(key, content, length, headers, ct);
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string key, CancellationToken ct = default)
    {
        using var response = await connection.SendAsync(new S3Request(HttpMethod.Delete, Checked(key)) { Accepted = [404] }, ct);
    }

    /// <inheritdoc/>
    public async Task EnsureReadyAsync(CancellationToken ct = default)
    {
        var probe = new S3Request(HttpMethod.Get, null) { Query = [new("list-type", "2"), new("max-keys", "1")], Accepted = [404] };
        using var response = await connection.SendAsync(probe, ct);
        if (!response.IsSuccessStatusCode)
        {
            await S3Bucket.CreateAsync(target, ct);
            using var second = await connection.SendAsync(probe with { Accepted = [] }, ct);
        }
    }

    /// <inheritdoc/>
    public Task FlushAsync(bool everything = false, CancellationToken ct = default) => Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        multipart.Dispose();
        connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Checked(string key) => S3Names.Problem(key) is { } problem
        ? throw new MediaObjectException(key, ObjectFailure.UnusableKey, $"S3 has no object of the key '{key}': {problem}.")
        : key;

    // The server compares both digests with what arrives and refuses anything else.
    private async Task<StoredObject> PutBufferedAsync(
        string key, BufferedObject content, List<KeyValuePair<string, string>> headers, CancellationToken ct)
    {
        var md5 = S3Digest.Md5(content.Bytes.Span);
        headers.Add(new("content-md5", Convert.ToBase64String(md5)));
        var request = new S3Request(HttpMethod.Put, key) { Headers = headers, Body = S3Body.Of(content.Bytes, content.Sha256) };
        using var response = await connection.SendAsync(request, ct);
        return S3Digest.Confirm(key, content.Bytes.Length, Convert.ToHexStringLower(md5), response);
    }

    private async Task<StoredObject> PutStreamAsync(
        string key, Stream content, long length, List<KeyValuePair<string, string>> headers, CancellationToken ct)
    {
        using var md5 = S3Digest.CreateMd5();
        var body = new S3Body(SigV4.UnsignedPayload, () => new S3StreamContent(key, content, length, md5), Repeatable: false);
        using var response = await connection.SendAsync(new S3Request(HttpMethod.Put, key) { Headers = headers, Body = body }, ct);
        return S3Digest.Confirm(key, length, Convert.ToHexStringLower(md5.GetHashAndReset()), response);
    }
}
