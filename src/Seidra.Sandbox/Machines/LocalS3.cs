using System.Diagnostics;
using Minio;
using Minio.DataModel.Args;
using Minio.Exceptions;

namespace Seidra.Sandbox.Machines;

/// <summary>
/// A real S3 server on 127.0.0.1: Ceph's RADOS Gateway, or a MinIO container where Ceph is not to be had. It ends with
/// the process that started it; started again on the same directory it has the same port, keys, buckets and objects.
/// </summary>
public sealed class LocalS3 : IAsyncDisposable
{
    private readonly IS3Machine machine;

    private LocalS3(IS3Machine machine)
    {
        this.machine = machine;
        AccessKey = SecretFile.ReadOrCreate(machine.AccessKeyFile);
        SecretKey = SecretFile.ReadOrCreate(machine.SecretKeyFile);
    }

    /// <summary>The server's address, such as <c>http://127.0.0.1:21000</c>.</summary>
    public string Endpoint => machine.Endpoint;

    /// <summary>The region that signatures name.</summary>
    public string Region { get; } = "us-east-1";

    /// <summary>The generated access key.</summary>
    public string AccessKey { get; }

    /// <summary>The generated secret key.</summary>
    public string SecretKey { get; }

    /// <summary>The file (mode 0600) that holds <see cref="AccessKey"/>.</summary>
    public string AccessKeyFile => machine.AccessKeyFile;

    /// <summary>The file (mode 0600) that holds <see cref="SecretKey"/>.</summary>
    public string SecretKeyFile => machine.SecretKeyFile;

    /// <summary>Starts a server, installing or making what is missing first.</summary>
    /// <param name="directory">Where objects, keys, ports and logs lie; made where missing.</param>
    /// <param name="log">Gets plain lines without secrets.</param>
    /// <param name="ct">Cancels the start.</param>
    /// <exception cref="SandboxException">Neither Ceph nor a MinIO container can be had, or the server does not come up.</exception>
    public static async Task<LocalS3> StartAsync(string directory, Action<string>? log = null, CancellationToken ct = default)
    {
        var watch = Stopwatch.StartNew();
        directory = Directory.CreateDirectory(Path.GetFullPath(directory)).FullName;
        IS3Machine machine;
        if (!Requirement.CephGateway.IsPresent() && !Installs.Machine.CanInstall && await MinioContainer.IsAtHandAsync(ct))
        {
            machine = await MinioContainer.StartAsync(directory, ct);
        }
        else
        {
            await Installs.Machine.EnsureAsync(Requirement.CephGateway, log, ct);
            machine = await CephGateway.StartAsync(directory, ct);
        }

        var server = new LocalS3(machine);
        log?.Invoke($"S3 serves on {server.Endpoint} after {watch.ElapsedMilliseconds} ms");
        return server;
    }

    /// <summary>Makes a bucket; one that is there already stays as it is.</summary>
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

    /// <summary>Ends the server in order; buckets and objects stay for the next start on the same directory.</summary>
    public Task StopAsync() => machine.StopAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await StopAsync();

    internal IMinioClient Client() =>
        new MinioClient()
            .WithEndpoint(new Uri(Endpoint).Authority)
            .WithCredentials(AccessKey, SecretKey)
            .WithRegion(Region)
            .Build();
}
