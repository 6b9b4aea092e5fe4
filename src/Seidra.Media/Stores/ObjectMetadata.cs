namespace Seidra.Media;

/// <summary>What a store keeps beside an object's bytes. Values are kept as they are, also non-ASCII ones.</summary>
public sealed record ObjectMetadata
{
    /// <summary>Nothing kept beside the bytes.</summary>
    public static ObjectMetadata None { get; } = new();

    /// <summary>The media type, such as <c>image/png</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>The Cache-Control header.</summary>
    public string? CacheControl { get; init; }

    /// <summary>The Content-Disposition header.</summary>
    public string? ContentDisposition { get; init; }

    /// <summary>The Content-Encoding header; the bytes are kept encoded.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>The Content-Language header.</summary>
    public string? ContentLanguage { get; init; }

    /// <summary>The user's own pairs (<c>x-amz-meta-*</c> without that prefix), names in lower case.</summary>
    public IReadOnlyDictionary<string, string> User { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Two are equal where every header and every pair is.</summary>
    public bool Equals(ObjectMetadata? other) =>
        other is not null
        && ContentType == other.ContentType && CacheControl == other.CacheControl
        && ContentDisposition == other.ContentDisposition && ContentEncoding == other.ContentEncoding
        && ContentLanguage == other.ContentLanguage && User.Count == other.User.Count
        && User.All(pair => other.User.TryGetValue(pair.Key, out var value) && value == pair.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ContentType, CacheControl, ContentDisposition, User.Count);
}
