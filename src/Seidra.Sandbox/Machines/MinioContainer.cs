using System.Security.Cryptography;
using System.Text;

namespace Seidra.Sandbox.Machines;

/// <summary>A MinIO container, for hosts without Ceph: Docker brings it, objects lie in a directory of this host.</summary>
internal sealed class MinioContainer : IS3Machine
{
    private const string Image = "minio/minio";

    private readonly string directory;
    private readonly int port;
    private readonly List<MinioContainer> users = [];
    private Leash? leash;

    private MinioContainer(string directory, int port) => (this.directory, this.port) = (directory, port);

    public string Endpoint => $"http://127.0.0.1:{port}";

    public string AccessKeyFile => Path.Combine(directory, "access-key");

    public string SecretKeyFile => Path.Combine(directory, "secret-key");

    /// <summary>Whether Docker answers here and has the image or can pull it.</summary>
    public static async Task<bool> IsAtHandAsync(CancellationToken ct) =>
        Programs.Find("docker") is not null
        && (await SucceedsAsync(["image", "inspect", Image], ct) || await SucceedsAsync(["pull", "--quiet", Image], ct));

    /// <summary>The command line of the container; the keys travel in a file that only the owner can read.</summary>
    public static IReadOnlyList<string> Arguments(string name, string environmentFile, int port, string data) =>
    [
        "run", "--rm", "--name", name, "--env-file", environmentFile, "--publish", $"127.0.0.1:{port}:9000",
        "--volume", $"{data}:/data", Image, "server", "/data",
    ];

    /// <summary>Starts the container on the directory's objects.</summary>
    public static async Task<MinioContainer> StartAsync(string directory, CancellationToken ct)
    {
        var portFile = Path.Combine(directory, "port");
        if (!File.Exists(portFile))
            await File.WriteAllTextAsync(portFile, $"{FreePorts.Next()}", ct);
        var container = new MinioContainer(directory, int.Parse(await File.ReadAllTextAsync(portFile, ct)));
        try
        {
            await container.LaunchAsync(ct);
            return container;
        }
        catch
        {
            await container.StopAsync();
            throw;
        }
    }

    // A container for each: the keys of a MinIO server's only user open every bucket it has.
    public async Task<S3User> CreateUserAsync(string name, CancellationToken ct)
    {
        var folder = Directory.CreateDirectory(Path.Combine(directory, "users", name)).FullName;
        if (users.Find(known => known.directory == folder) is not { } container)
            users.Add(container = await StartAsync(folder, ct));
        return new S3User(container.Endpoint, container.AccessKeyFile, container.SecretKeyFile);
    }

    public async Task StopAsync()
    {
        await Task.WhenAll(users.Select(user => user.StopAsync()));
        if (leash is not { } held)
            return;
        leash = null;
        await held.StopAsync();
        held.Dispose();
    }

    private static async Task<bool> SucceedsAsync(string[] arguments, CancellationToken ct)
    {
        try
        {
            await Command.RunAsync("docker", arguments, ct);
            return true;
        }
        catch (SandboxException)
        {
            return false;
        }
    }

    private async Task LaunchAsync(CancellationToken ct)
    {
        var name = "seidra-s3-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(directory)))[..12];
        // A container of a killed run is still there under this name: its client died, not the container.
        await SucceedsAsync(["rm", "--force", name], ct);
        var environment = Path.Combine(directory, "environment");
        SecretFile.Write(environment, $"MINIO_ROOT_USER={SecretFile.ReadOrCreate(AccessKeyFile)}\nMINIO_ROOT_PASSWORD={SecretFile.ReadOrCreate(SecretKeyFile)}");
        var data = Directory.CreateDirectory(Path.Combine(directory, "data")).FullName;
        leash = Leash.Start([Programs.Find("docker")!, .. Arguments(name, environment, port, data)], "TERM", Path.Combine(directory, "minio.log"), directory);
        using var client = new HttpClient();
        for (var waits = 0; ; waits++)
        {
            if (!leash.IsRunning || waits == 600)
                throw new SandboxException($"Expected a MinIO container on {Endpoint}, found none; its last words are in {Path.Combine(directory, "minio.log")}.");
            try
            {
                using var response = await client.GetAsync(new Uri($"{Endpoint}/minio/health/ready"), ct);
                if (response.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(100, ct);
        }
    }
}
