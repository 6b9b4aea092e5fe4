namespace Seidra.Sandbox.Data;

/// <summary>One of Classic's media objects.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Key">Its key in the bucket, its path below the media directory.</param>
/// <param name="ContentType">Its MIME type.</param>
/// <param name="Use">Who names it.</param>
internal sealed record MediaObject(int Index, string Key, string ContentType, MediaUse Use)
{
    /// <summary>The key of this image's thumbnail, or null where it has none.</summary>
    public string? ThumbnailKey =>
        Index % MediaCatalog.ThumbnailEvery == MediaCatalog.ThumbnailEvery - 2 ? MediaCatalog.ThumbnailOf(Key) : null;

    /// <summary>image, video or audio.</summary>
    public string FileType => ContentType[..ContentType.IndexOf('/', StringComparison.Ordinal)];
}

/// <summary>Who names a media object.</summary>
internal enum MediaUse
{
    /// <summary>A media row, as its file.</summary>
    File,

    /// <summary>A media row, as its thumbnail.</summary>
    Thumbnail,

    /// <summary>No row: side files, and what deleted rows left behind.</summary>
    Nobody,
}
