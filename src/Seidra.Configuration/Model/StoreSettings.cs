namespace Seidra.Configuration;

/// <summary>An object store: an S3 bucket or a local directory.</summary>
public sealed record StoreSettings
{
    /// <summary><c>s3://bucket</c> or <c>file:///absolute/directory</c>.</summary>
    [Url(UrlKind.Store)]
    public required string Url { get; init; }

    /// <summary>Address of the S3 server; S3 only.</summary>
    [Url(UrlKind.Http)]
    public string? Endpoint { get; init; }

    /// <summary>S3 region; MinIO's default.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>S3 access key; S3 only.</summary>
    public Secret? AccessKey { get; init; }

    /// <summary>S3 secret key; S3 only.</summary>
    public Secret? SecretKey { get; init; }
}
