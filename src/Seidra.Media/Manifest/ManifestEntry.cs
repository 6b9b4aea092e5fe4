namespace Seidra.Media;

/// <summary>One line of a manifest: an object that the target holds and was checked to hold.</summary>
/// <param name="Key">The key at the source.</param>
/// <param name="TargetKey">The key at the target.</param>
/// <param name="SizeBytes">The length in bytes.</param>
/// <param name="Sha256">SHA-256 of the bytes read from the source, lower-case hex.</param>
/// <param name="ETag">The source's mark when it was read.</param>
/// <param name="TargetETag">The target's mark after it was written.</param>
/// <param name="ModifiedAt">The source's time of change.</param>
/// <param name="Metadata">What was kept beside the bytes.</param>
/// <param name="Gone">The source no longer has it; the target still does.</param>
public sealed record ManifestEntry(
    string Key, string TargetKey, long SizeBytes, string Sha256, string? ETag, string? TargetETag,
    DateTimeOffset? ModifiedAt, ObjectMetadata Metadata, bool Gone = false);
