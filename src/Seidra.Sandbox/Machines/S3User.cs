using Minio;
using Minio.DataModel.Args;
using Minio.Exceptions;

namespace Seidra.Sandbox.Machines;

/// <summary>Somebody with keys of their own on a local S3 server. The buckets they make are closed to every other user.</summary>
public sealed class S3User
{
    internal S3User(string endpoint, string accessKeyFile, string secretKeyFile)
    {
        Endpoint = endpoint;
        AccessKeyFile = accessKeyFile;
        SecretKeyFile = secretKeyFile;
        AccessKey = SecretFile.ReadOrCreate(accessKeyFile);
        SecretKey = SecretFile.ReadOrCreate(secretKeyFile);
    }

    /// <summary>The address these keys are valid at, such as <c>http://127.0.0.1:21000</c>.</summary>
    public string Endpoint { get; }

    /// <summary>The region that signatures name.</summary>
    public string Region { get; } = "us-east-1";

    /// <summary>The generated access key.</summary>
    public string AccessKey { get; }

    /// <summary>The generated secret key.</summary>
    public string SecretKey { get; }

    /// <summary>The file (mode 0600) that holds <see cref="AccessKey"/>.</summary>
    public string AccessKeyFile { get; }

    /// <summary>The file (mode 0600) that holds <see cref="SecretKey"/>.</summary>
    public string SecretKeyFile { get; }

    /// <summary>Makes a bucket that this user owns; one of theirs that is there already stays as it is.</summary>
    /// <exception cref="SandboxException">The bucket cannot be made, or is another user's.</exception>
    public async Task CreateBucketAsync(string bucket, CancellationToken ct = default)
    {
        try
        {
            using var client = Client();
            if (!await client.BucketExistsAsync(new BucketExistsArgs().WithBucket(bucket), ct))
                await client.MakeBucketAsync(new MakeBucketArgs().WithBucket(bucket).WithLocation(Region), ct);
        }
        catch (Exception error) when (error is MinioException or HttpRequestException)
        {
            throw new SandboxException($"Expected to make the bucket {bucket} on {Endpoint}, found: {error.Message}", error);
        }
    }

    internal IMinioClient Client() =>
        new MinioClient()
            .WithEndpoint(new Uri(Endpoint).Authority)
            .WithCredentials(AccessKey, SecretKey)
            .WithRegion(Region)
            .Build();
}
