namespace Seidra.Media;

/// <summary>Where objects live: <c>file:///absolute/directory</c> or <c>s3://bucket</c>.</summary>
/// <param name="Url">The store's URL.</param>
/// <param name="Endpoint">S3 only: the server, such as <c>http://minio:9000</c>; AWS where null.</param>
/// <param name="Region">S3 only: the region that signatures name; <c>us-east-1</c> where null.</param>
/// <param name="AccessKey">S3 only: the access key.</param>
/// <param name="SecretKey">S3 only: the secret key; never printed.</param>
public sealed record MediaEndpoint(
    string Url, string? Endpoint = null, string? Region = null, string? AccessKey = null, string? SecretKey = null)
{
    /// <summary>The URL and the server, without keys.</summary>
    public override string ToString() => Endpoint is null ? Url : $"{Url} at {Endpoint}";
}
