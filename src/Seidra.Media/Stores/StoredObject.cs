namespace Seidra.Media;

/// <summary>An object as a listing shows it.</summary>
/// <param name="Key">The key, parts joined by '/'.</param>
/// <param name="SizeBytes">The length in bytes.</param>
/// <param name="ETag">A mark that changes with the content: the server's ETag without quotes, or of a file its time of
/// change and length. A single-part S3 ETag is usually, a multipart one never, the MD5 of the content.</param>
/// <param name="ModifiedAt">When the object was written.</param>
public sealed record StoredObject(string Key, long SizeBytes, string? ETag, DateTimeOffset? ModifiedAt)
{
    /// <summary>Set by <see cref="IObjectStore.PutAsync"/> alone: the far side holds the very bytes that were sent, shown
    /// by a digest of what is stored there.</summary>
    public bool Proven { get; init; }
}
