namespace Seidra.Media;

/// <summary>What a sync did.</summary>
public sealed record MediaSyncResult
{
    /// <summary>Objects at the source. Zero is no success: the caller decides what an empty source means.</summary>
    public required long Objects { get; init; }

    /// <summary>Bytes of all objects at the source.</summary>
    public required long Bytes { get; init; }

    /// <summary>Objects copied in this pass.</summary>
    public required long Copied { get; init; }

    /// <summary>Bytes copied in this pass.</summary>
    public required long CopiedBytes { get; init; }

    /// <summary>Objects whose far side was checked in this pass: by digest where copied, by size and mark where not.</summary>
    public required long Verified { get; init; }

    /// <summary>Objects that were already there and unchanged.</summary>
    public required long Skipped { get; init; }

    /// <summary>Of the copied ones, those that replaced an earlier copy.</summary>
    public required long Changed { get; init; }

    /// <summary>Keys that an earlier pass copied and the source no longer has; removed from the target only with
    /// <see cref="MediaSyncOptions.DeleteGone"/>.</summary>
    public required IReadOnlyList<string> Gone { get; init; }

    /// <summary>SHA-256 of the manifest file, lower-case hex.</summary>
    public required string ManifestSha256 { get; init; }
}
