using Minio;
using Minio.DataModel.Args;
using Minio.Exceptions;

namespace Seidra.Media;

/// <summary>The control plane, by the Minio SDK.</summary>
internal static class S3Bucket
{
    /// <summary>Creates the bucket; no error where another did so meanwhile.</summary>
    public static async Task CreateAsync(S3Target target, CancellationToken ct)
    {
        using var client = new MinioClient()
            .WithEndpoint(target.Endpoint.Authority)
            .WithSSL(target.Endpoint.Scheme == "https")
            .WithCredentials(target.AccessKey, target.SecretKey)
            .WithRegion(target.Region)
            .Build();
        try
        {
            if (!await client.BucketExistsAsync(new BucketExistsArgs().WithBucket(target.Bucket), ct))
            {
                await client.MakeBucketAsync(new MakeBucketArgs().WithBucket(target.Bucket).WithLocation(target.Region), ct);
            }
        }
        catch (Exception error) when (error is MinioException or HttpRequestException or ArgumentException)
        {
            throw new MediaException($"{target} does not exist and cannot be created: {error.Message} Create it, or give the access key the right to.", error);
        }
    }
}
