namespace Seidra.Configuration;

/// <summary>Ultimate's media: a bucket, a directory, or both; at least one.</summary>
public sealed record UltimateMediaSettings
{
    /// <summary>The bucket; null where there is none.</summary>
    public StoreSettings? Bucket { get; init; }

    /// <summary>Absolute path of the flat directory that the backend serves; null where there is none.</summary>
    [LocalPath]
    public string? Directory { get; init; }
}
