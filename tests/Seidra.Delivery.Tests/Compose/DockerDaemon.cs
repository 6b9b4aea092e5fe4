namespace Seidra.Delivery.Tests;

/// <summary>
/// A docker daemon of the tests' own: data, socket and pid in a temporary folder, no bridge, no firewall rules, and one
/// image made of busybox. What is missing on the machine is installed.
/// </summary>
internal sealed class DockerDaemon : IAsyncDisposable
{
    public const string Image = "seidra-test:1";
    private static readonly ProcessRunner Runner = new();
    private readonly TempFolder _folder = new();
    private readonly ProcessRuntime _service;

    private DockerDaemon()
    {
        Socket = "unix://" + _folder.At("docker.sock");
        _service = new ProcessRuntime(
            ServiceFile,
            "dockerd",
            [
                "dockerd", "--storage-driver=vfs", "--iptables=false", "--bridge=none", "--host=" + Socket, "--data-root=" + _folder.At("data"),
                "--exec-root=" + _folder.At("exec"), "--pidfile=" + _folder.At("docker.pid"),
            ],
            _folder.Path);
    }

    public string Socket { get; }

    private string ServiceFile => _folder.At("dockerd.json");

    public static async Task<DockerDaemon> StartAsync()
    {
        await InstallAsync();
        var daemon = new DockerDaemon();
        await daemon._service.StartAsync();
        // Compose and docker find the daemon by this variable, which the library hands on to them.
        Environment.SetEnvironmentVariable("DOCKER_HOST", daemon.Socket);
        for (var i = 0; ; i++)
        {
            if ((await Docker("version")).ExitCode == 0) break;
            if (i == 100) Assert.Fail("dockerd does not come up: " + File.ReadAllText(Path.ChangeExtension(daemon.ServiceFile, ".log")));
            await Task.Delay(200);
        }

        await daemon.MakeImageAsync();
        return daemon;
    }

    public static Task<ProcessResult> Docker(params string[] arguments) => Runner.RunAsync(
        new ProcessSpec { FileName = "docker", Arguments = arguments, Inherit = ["DOCKER_HOST"], Capture = true, Timeout = TimeSpan.FromSeconds(60) });

    public async ValueTask DisposeAsync()
    {
        // The daemon alone first: asked in order, it ends its containers itself.
        var record = ServiceRecord.Read(ServiceFile);
        if (record is not null)
        {
            Libc.Signal(record.Pid, Libc.SigTerm);
            await Waiting.Until(() => !record.IsAlive(), "dockerd ends", 30);
        }

        await _service.StopAsync();
        Environment.SetEnvironmentVariable("DOCKER_HOST", null);
        _folder.Dispose();
    }

    private async Task MakeImageAsync()
    {
        var root = Directory.CreateDirectory(_folder.At("image/bin")).FullName;
        File.Copy(ExecutableFinder.Find("busybox")!, Path.Combine(root, "busybox"));
        foreach (var name in new[] { "sh", "sleep", "echo", "touch", "test" }) File.CreateSymbolicLink(Path.Combine(root, name), "busybox");
        var tar = _folder.At("image.tar");
        await System.Formats.Tar.TarFile.CreateFromDirectoryAsync(_folder.At("image"), tar, includeBaseDirectory: false);
        (await Docker("import", tar, Image)).OrThrow("docker import", "See above.");
    }

    private static async Task InstallAsync()
    {
        string[] needed = ["dockerd", "docker", "docker-compose", "busybox"];
        if (needed.All(name => ExecutableFinder.Find(name) is not null)) return;
        const string Packages = "docker.io docker-compose busybox-static";
        Assert.That(Environment.UserName, Is.EqualTo("root"), $"these tests need a docker daemon; run as root once: apt-get install {Packages}");
        var result = await Runner.RunAsync(
            new ProcessSpec
            {
                FileName = "sh",
                Arguments = ["-c", $"apt-get update -q && apt-get install -qy --no-install-recommends {Packages}"],
                Environment = new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" },
                Inherit = ProcessEnvironment.Network,
                Timeout = TimeSpan.FromMinutes(10),
            },
            TestContext.Progress.WriteLine);
        result.OrThrow($"installing {Packages}", "Install them by hand.");
    }
}
