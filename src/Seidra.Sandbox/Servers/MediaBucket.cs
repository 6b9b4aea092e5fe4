using System.Net;
using Minio;
using Minio.DataModel.Args;

namespace Seidra.Sandbox.Servers;

/// <summary>Media objects in an S3 bucket. The SDK signs addresses; the objects themselves are fetched by plain HTTP.</summary>
internal sealed class MediaBucket : IDisposable
{
    private const int AddressLifetimeSeconds = 600;

    private readonly string bucket;
    private readonly IMinioClient client;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });

    public MediaBucket(string bucket, Uri endpoint, string accessKey, string secretKey)
    {
        this.bucket = bucket;
        client = new MinioClient().WithEndpoint(endpoint.Authority).WithSSL(endpoint.Scheme == Uri.UriSchemeHttps)
            .WithCredentials(accessKey, secretKey).WithRegion("us-east-1").Build();
    }

    /// <summary>The object of that key, or null where there is none.</summary>
    public async Task<Stream?> OpenAsync(string key, CancellationToken cancellation)
    {
        var address = await client.PresignedGetObjectAsync(new PresignedGetObjectArgs().WithBucket(bucket).WithObject(key).WithExpiry(AddressLifetimeSeconds));
        var response = await http.GetAsync(new Uri(address), HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStreamAsync(cancellation);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        http.Dispose();
        client.Dispose();
    }
}
