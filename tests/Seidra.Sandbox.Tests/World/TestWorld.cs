using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Seidra.Sandbox.World;

namespace Seidra.Sandbox.Tests.World;

/// <summary>A small real world in a folder of its own, and what a test does to it. Ended and deleted with the test.</summary>
internal sealed class TestWorld : IAsyncDisposable
{
    private readonly DirectoryInfo parent = Directory.CreateTempSubdirectory("seidra-world");
    private readonly List<string> log = [];
    private RehearsalWorld? world;

    public TestWorld(int lingerSeconds = 60, string profile = "embedded") =>
        Options = new WorldOptions(Path.Combine(parent.FullName, "state of tests", "sandbox"), profile, Rows: 400, Objects: 40, lingerSeconds);

    public WorldOptions Options { get; }

    public WorldLayout Layout => new(Options.Directory);

    public RehearsalWorld World => world!;

    public ProcessIdentity Process => WorldFile.Read(Layout)!.Process;

    public string UltimateDatabase => World.Endpoints.UltimateDatabaseUrl["sqlite://".Length..];

    public string ClassicDatabase => World.Endpoints.ClassicDatabaseUrl["sqlite://".Length..];

    public IReadOnlyList<string> Log => log;

    public async Task<TestWorld> StartAsync()
    {
        world = await RehearsalWorld.StartOrAttachAsync(Options, log.Add);
        return this;
    }

    /// <summary>Waits until the probe has had so many writes acknowledged.</summary>
    public async Task<ProbeFigures> AcknowledgedAsync(long writes)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            var figures = await World.FiguresAsync();
            if (figures.AcknowledgedWrites >= writes || watch.Elapsed > TimeSpan.FromSeconds(30))
                return figures;
        }
    }

    /// <summary>Asks the door's admin API.</summary>
    public async Task<int> AdminAsync(HttpMethod method, string path, object? body = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(World.Endpoints.DoorAdminUrl + path)) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("X-Door-Token", (await File.ReadAllTextAsync(Layout.DoorTokenFile)).Trim());
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }

    /// <summary>Puts Ultimate's production into operation as a run does, on tables made before.</summary>
    public async Task DeployUltimateAsync()
    {
        if (!File.Exists(UltimateDatabase))
        {
            UltimateTables.Create(UltimateDatabase);
            UltimateTables.CopyFromClassic(UltimateDatabase, ClassicDatabase);
        }

        await StartUltimateAsync("sqlite:///" + UltimateDatabase);
    }

    /// <summary>Starts Ultimate's production on this database (URL with password).</summary>
    public async Task StartUltimateAsync(string databaseUrl)
    {
        var media = Directory.EnumerateFiles(Path.Combine(Layout.Classic, "media"), "*", SearchOption.AllDirectories);
        foreach (var file in media)
            File.Copy(file, Path.Combine(Layout.UltimateMedia, Path.GetFileName(file)), overwrite: true);
        var environment = Path.Combine(parent.FullName, ".env");
        await File.WriteAllTextAsync(environment, $"# of this test\nSEIDRA_DATABASE_URL={databaseUrl}\nSEIDRA_MEDIA_DIR='{Layout.UltimateMedia}'\nJWT_SECRET=\"of this test\"\n");
        var port = new Uri(World.Endpoints.UltimateUrl).Port.ToString();
        // Process 1 with a start that is not its own: dead, as after a boot. The world's own boot code starts it.
        var record = new RecordedService(
            "production", 1, -1, SandboxProgram.Argv("ultimate", "--port", port, "--world", Layout.WorldFile), Layout.Ultimate, environment, Path.Combine(Layout.Logs, "production.log"));
        await File.WriteAllTextAsync(ServiceFile, JsonSerializer.Serialize(record, WorldJson.Default.RecordedService));
        record.Boot(ServiceFile, log.Add);
        await HealthyAsync(World.Endpoints.UltimateUrl);
    }

    public string ServiceFile => Path.Combine(Layout.Services, "production.json");

    public RecordedService Service => JsonSerializer.Deserialize(File.ReadAllText(ServiceFile), WorldJson.Default.RecordedService)!;

    public static async Task HealthyAsync(string url)
    {
        using var http = new HttpClient();
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(20))
        {
            try
            {
                (await http.GetAsync(new Uri(url + "/api/health"))).Dispose();
                return;
            }
            catch (HttpRequestException) when (watch.Elapsed < TimeSpan.FromSeconds(30))
            {
                // Not yet.
            }
        }
    }

    /// <summary>SIGKILL, as for a run that is killed with everything it started.</summary>
    public async Task KillAsync()
    {
        var process = Process;
        using (var victim = System.Diagnostics.Process.GetProcessById(process.Pid))
            victim.Kill();
        Assert.That(await process.WaitAsync(TimeSpan.FromSeconds(10)), Is.True);
    }

    public async ValueTask DisposeAsync()
    {
        if (world is not null)
            await world.StopAsync();
        if (WorldFile.Read(Layout) is { Process.IsAlive: true } left)
            await left.Process.StopAsync(TimeSpan.FromSeconds(20));
        parent.Delete(recursive: true);
    }
}
