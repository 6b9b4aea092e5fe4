using System.Diagnostics;
using Minio;

namespace Seidra.Sandbox.Machines;

/// <summary>
/// A real S3 server on 127.0.0.1: Ceph's RADOS Gateway, or a MinIO container where Ceph is not to be had. It ends with
/// the process that started it; started again on the same directory it has the same port, keys, buckets and objects.
/// </summary>
public sealed class LocalS3 : IAsyncDisposable
{
    private readonly IS3Machine machine;
    private readonly S3User first;

    private LocalS3(IS3Machine machine)
    {
        this.machine = machine;
        first = new S3User(machine.Endpoint, machine.AccessKeyFile, machine.SecretKeyFile);
    }

    /// <summary>The server's address, such as <c>http://127.0.0.1:21000</c>.</summary>
    public string Endpoint => first.Endpoint;

    /// <summary>The region that signatures name.</summary>
    public string Region => first.Region;

    /// <summary>The generated access key of the server's first user.</summary>
    public string AccessKey => first.AccessKey;

    /// <summary>The generated secret key of the server's first user.</summary>
    public string SecretKey => first.SecretKey;

    /// <summary>The file (mode 0600) that holds <see cref="AccessKey"/>.</summary>
    public string AccessKeyFile => first.AccessKeyFile;

    /// <summary>The file (mode 0600) that holds <see cref="SecretKey"/>.</summary>
    public string SecretKeyFile => first.SecretKeyFile;

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

    /// <summary>
    /// Gives somebody keys of their own, generated once and the same at every later call and start. Neither they nor the
    /// server's first user may touch the other's buckets.
    /// </summary>
    /// <param name="name">Lower-case letters, digits and hyphens.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <exception cref="SandboxException">The name has other characters, or the server does not take the user.</exception>
    public async Task<S3User> CreateUserAsync(string name, CancellationToken ct = default) =>
        name.Length > 0 && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
            ? await machine.CreateUserAsync(name, ct)
            : throw new SandboxException($"Expected an S3 user's name of lower-case letters, digits and hyphens, found {name}.");

    /// <summary>Makes a bucket of the first user; one that is there already stays as it is.</summary>
    /// <exception cref="SandboxException">The bucket cannot be made, or is another user's.</exception>
    public Task CreateBucketAsync(string bucket, CancellationToken ct = default) => first.CreateBucketAsync(bucket, ct);

    /// <summary>Ends the server in order; buckets and objects stay for the next start on the same directory.</summary>
    public Task StopAsync() => machine.StopAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await StopAsync();

    internal IMinioClient Client() => first.Client();
}
