namespace Seidra.Media;

/// <summary>A request to a bucket or to one of its objects, before it is signed.</summary>
internal sealed record S3Request(HttpMethod Method, string? Key)
{
    /// <summary>Names and values of the query, not yet encoded.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>Headers besides host, date and payload hash; all of them are signed.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body, or null where there is none.</summary>
    public S3Body? Body { get; init; }

    /// <summary>Statuses besides 2xx that the caller wants to see itself.</summary>
    public IReadOnlyList<int> Accepted { get; init; } = [];
}

/// <summary>A request's body.</summary>
/// <param name="PayloadHash">Hex SHA-256 of the bytes, or <see cref="SigV4.UnsignedPayload"/>.</param>
/// <param name="Create">Makes the content of one attempt.</param>
/// <param name="Repeatable">Whether a second attempt can send the same bytes again.</param>
internal sealed record S3Body(string PayloadHash, Func<HttpContent> Create, bool Repeatable)
{
    /// <summary>A body held in memory.</summary>
    public static S3Body Of(ReadOnlyMemory<byte> bytes, string payloadHash) =>
        new(payloadHash, () => new ReadOnlyMemoryContent(bytes), true);
}
