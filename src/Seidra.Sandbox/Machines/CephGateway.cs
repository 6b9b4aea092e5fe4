using System.Text.Json;

namespace Seidra.Sandbox.Machines;

/// <summary>
/// Ceph's RADOS Gateway with a cluster of one monitor and one store behind it, all on a leash. Buckets and objects lie
/// in the store's file and survive a stop as well as a SIGKILL of everything.
/// </summary>
internal sealed class CephGateway : IS3Machine
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);

    private readonly CephFiles files;
    private readonly Stack<Leash> leashes = new();

    private CephGateway(CephFiles files) => this.files = files;

    public string Endpoint => $"http://127.0.0.1:{files.Port}";

    public string AccessKeyFile => files.AccessKeyFile;

    public string SecretKeyFile => files.SecretKeyFile;

    /// <summary>Starts the gateway, making its cluster first where the directory holds none.</summary>
    public static async Task<CephGateway> StartAsync(string directory, CancellationToken ct)
    {
        await Leftovers.WaitUntilGoneAsync(Path.Combine(directory, CephFiles.ConfigurationName), ct);
        var files = CephFiles.Open(directory);
        var gateway = new CephGateway(files);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(StartTimeout);
        try
        {
            await (File.Exists(files.Complete) ? gateway.ReviveAsync(limit.Token) : gateway.MakeAsync(limit.Token));
            return gateway;
        }
        catch (OperationCanceledException error) when (!ct.IsCancellationRequested)
        {
            await gateway.StopAsync();
            throw new SandboxException($"Expected Ceph to serve within {StartTimeout.TotalSeconds:0} s, found it still starting; its logs are in {files.At("log")}.", error);
        }
        catch
        {
            await gateway.StopAsync();
            throw;
        }
    }

    public async Task<S3User> CreateUserAsync(string name, CancellationToken ct)
    {
        var folder = Directory.CreateDirectory(files.UserFolder(name)).FullName;
        var (accessKeyFile, secretKeyFile) = (Path.Combine(folder, "access-key"), Path.Combine(folder, "secret-key"));
        await EnsureUserAsync($"seidra-{name}", accessKeyFile, secretKeyFile, ct);
        return new S3User(Endpoint, accessKeyFile, secretKeyFile);
    }

    public async Task StopAsync()
    {
        // Gateway, store, monitor: each still finds what it needs for an orderly end.
        while (leashes.TryPop(out var leash))
        {
            await leash.StopAsync();
            leash.Dispose();
        }
    }

    private async Task MakeAsync(CancellationToken ct)
    {
        var (cluster, store) = (Guid.NewGuid(), Guid.NewGuid());
        files.Prepare(cluster);
        var map = files.At("monmap");
        File.Delete(map);
        await RunAsync("monmaptool", ["--create", "--fsid", cluster.ToString(), "--addv", "a", files.MonitorAddresses, map], ct);
        await RunAsync("ceph-mon", ["--mkfs", "-i", "a", "--monmap", map], ct);
        var formatted = RunAsync("ceph-osd", ["-i", "0", "--mkfs", "--osd-uuid", store.ToString(), "--no-mon-config"], ct);
        Launch("ceph-mon", "-i", "a", "-f");
        await AskAsync(["osd", "new", store.ToString()], ct);
        await formatted;
        await LaunchStoreAsync(ct);
        await LaunchGatewayAsync(ct);
        await EnsureUserAsync("seidra", AccessKeyFile, SecretKeyFile, ct);
        files.Seal();
    }

    private async Task EnsureUserAsync(string uid, string accessKeyFile, string secretKeyFile, CancellationToken ct)
    {
        if (File.Exists(accessKeyFile) && File.Exists(secretKeyFile))
            return;
        var keys = JsonDocument.Parse(await CreateOrShowUserAsync(uid, ct)).RootElement.GetProperty("keys")[0];
        SecretFile.Write(accessKeyFile, keys.GetProperty("access_key").GetString()!);
        SecretFile.Write(secretKeyFile, keys.GetProperty("secret_key").GetString()!);
    }

    // The gateway generates the keys and prints them to a pipe: they are never on a command line.
    private async Task<string> CreateOrShowUserAsync(string uid, CancellationToken ct)
    {
        try
        {
            return await RunAsync("radosgw-admin", ["user", "create", $"--uid={uid}", "--display-name=SEIDRA rehearsal", "--max-buckets=0"], ct);
        }
        catch (SandboxException error) when (error.Message.Contains($"user: {uid} exists", StringComparison.Ordinal))
        {
            // An earlier attempt was cut between the gateway and the files.
            return await RunAsync("radosgw-admin", ["user", "info", $"--uid={uid}"], ct);
        }
    }

    private async Task ReviveAsync(CancellationToken ct)
    {
        Launch("ceph-mon", "-i", "a", "-f");
        // After a SIGKILL the monitor still believes the old store process to be up, and the gateway would talk to its
        // dead address for ten seconds.
        await AskAsync(["osd", "down", "0"], ct);
        await LaunchStoreAsync(ct);
        await LaunchGatewayAsync(ct);
    }

    private async Task LaunchStoreAsync(CancellationToken ct)
    {
        Launch("ceph-osd", "-i", "0", "-f");
        while (!(await AskAsync(["osd", "stat", "-f", "json"], ct)).Contains("\"num_up_osds\":1", StringComparison.Ordinal))
        {
            ThrowIfEnded();
            await Task.Delay(100, ct);
        }
    }

    private async Task LaunchGatewayAsync(CancellationToken ct)
    {
        Launch("radosgw", "-n", "client.rgw", "-f", "--rgw-frontends", $"beast endpoint=127.0.0.1:{files.Port} tcp_nodelay=1");
        using var client = new HttpClient();
        while (true)
        {
            ThrowIfEnded();
            try
            {
                using var response = await client.GetAsync(new Uri(Endpoint), ct);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, ct);
            }
        }
    }

    private void Launch(string daemon, params string[] arguments) =>
        leashes.Push(Leash.Start(
            [Programs.Find(daemon)!, "--conf", files.Configuration, .. arguments], "TERM", files.Log(daemon), files.Directory));

    private void ThrowIfEnded()
    {
        if (leashes.Any(leash => !leash.IsRunning))
            throw new SandboxException($"Expected Ceph's monitor, store and gateway to run, found that one has ended; its last words are in {files.At("log")}.");
    }

    private Task<string> AskAsync(string[] question, CancellationToken ct) =>
        RunAsync("ceph", question, ct);

    // Limited, because a helper whose monitor was killed under it would wait for minutes, and the next start for it.
    private Task<string> RunAsync(string program, string[] arguments, CancellationToken ct) =>
        Command.RunAsync(program, ["--conf", files.Configuration, .. arguments], ct, files.Directory, limitSeconds: 25);
}
