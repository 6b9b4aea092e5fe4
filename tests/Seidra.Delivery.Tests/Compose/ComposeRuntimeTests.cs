using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Seidra.Delivery.Tests;

/// <summary>Against a real docker daemon and the Compose of this machine.</summary>
public sealed class ComposeRuntimeTests : IDisposable
{
    private static DockerDaemon _daemon = null!;
    private static ComposeTool _tool = null!;
    private readonly TempFolder _folder = new();
    private readonly ConcurrentQueue<string> _log = new();
    private readonly string _name = "seidra-" + Guid.NewGuid().ToString("N")[..8];

    [OneTimeSetUp]
    public static async Task StartDaemon()
    {
        _daemon = await DockerDaemon.StartAsync();
        _tool = await ComposeTool.DetectAsync(new ProcessRunner());
    }

    [OneTimeTearDown]
    public static async Task EndDaemon()
    {
        if (_daemon is not null) await _daemon.DisposeAsync();
    }

    [TearDown]
    public async Task RemoveStack()
    {
        if (File.Exists(_folder.At("compose.yml"))) await Runtime().StopAsync();
    }

    public void Dispose() => _folder.Dispose();

    private ComposeRuntime Runtime(double seconds = 60) => new(new ProcessRunner(), _tool, Project(), _log.Enqueue)
    {
        StartTimeout = TimeSpan.FromSeconds(seconds),
        Interval = TimeSpan.FromMilliseconds(200),
    };

    private ComposeProject Project() => new()
    {
        ProjectName = _name,
        File = ["compose.yml"],
        EnvFile = File.Exists(_folder.At(".env")) ? [".env"] : [],
        Directory = _folder.Path,
    };

    private void Services(params string[] services) => _folder.Write("compose.yml", $"""
        version: "3.4"
        services:
        {string.Join('\n', services)}
        """);

    private static string Service(string name, string script, string more = "") => $"""
          {name}:
            image: {DockerDaemon.Image}
            network_mode: none
            stop_signal: SIGKILL
            command: ["/bin/sh", "-c", {JsonSerializer.Serialize(script)}]
            {more}
        """;

    private static string HealthCheck(string command, int retries = 100) =>
        $"healthcheck: {{test: [\"CMD\", {command}], interval: 1s, timeout: 2s, retries: {retries}}}";

    private async Task<string[]> Containers() =>
        (await DockerDaemon.Docker("ps", "--all", "--quiet", "--filter", $"label=com.docker.compose.project={_name}")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Test]
    public async Task Start_waits_for_health_may_be_repeated_and_stop_keeps_the_volume()
    {
        Services(
            Service("backend", "sleep 2; touch /data/ok; exec sleep 1000", "volumes: [\"data:/data\"]\n    " + HealthCheck("\"/bin/test\", \"-f\", \"/data/ok\"")),
            Service("migrate", "exit 0"),
            "volumes:\n  data:\n");
        Assert.That(await Runtime().IsRunningAsync(), Is.False);
        var clock = Stopwatch.StartNew();

        await Runtime().StartAsync();

        Assert.That(clock.Elapsed, Is.GreaterThan(TimeSpan.FromSeconds(2)), "not before the health check passes");
        Assert.That(await Runtime().IsRunningAsync(), Is.True);
        Assert.That(_log, Has.Some.StartsWith(_name + " | "));
        var containers = await Containers();
        await Runtime().StartAsync();
        Assert.That(await Containers(), Is.EquivalentTo(containers), "nothing is made anew");

        await Runtime().StopAsync();
        await Runtime().StopAsync();

        Assert.That(await Runtime().IsRunningAsync(), Is.False);
        Assert.That(await Containers(), Is.Empty);
        Assert.That((await DockerDaemon.Docker("volume", "ls", "--quiet")).Output, Does.Contain($"{_name}_data"));
    }

    [Test]
    public void A_service_that_becomes_unhealthy_is_named_and_its_last_lines_shown_without_secrets()
    {
        _folder.Write(".env", "JWT_SECRET=a-very-secret-value\n");
        Services(
            Service("good", "exec sleep 1000"),
            Service("sick", "echo no database at postgresql://u:other@db/x; echo key is $$JWT_SECRET; exec sleep 1000", "environment: [\"JWT_SECRET=${JWT_SECRET}\"]\n    " + HealthCheck("\"/bin/test\", \"-f\", \"/never\"", 1)));

        Assert.That(() => Runtime().StartAsync(), Throws.TypeOf<DeliveryException>().With.Message.Contains("sick is unhealthy").And.Message.Not.Contains("good"));
        Assert.That(_log, Has.Some.Contains("no database at postgresql://u:***@db/x").And.Some.Contains("key is ***"));
        Assert.That(_log, Has.None.Contains("a-very-secret-value"));
    }

    [TestCase("echo cannot start; exit 3", "", "sick exited with code 3")]
    [TestCase("sleep 0.3; exit 4", "", "sick exited with code 4")]
    [TestCase("exit 5", "restart: always", "sick restarts again and again (last exit code 5)")]
    public void A_service_without_health_check_must_hold_out(string script, string more, string expected)
    {
        Services(Service("sick", script, more));

        Assert.That(() => Runtime().StartAsync(), Throws.TypeOf<DeliveryException>().With.Message.Contains(expected));
    }

    [Test]
    public void A_service_that_is_never_healthy_ends_the_wait_at_the_deadline()
    {
        Services(Service("slow", "exec sleep 1000", HealthCheck("\"/bin/test\", \"-f\", \"/never\"")));

        Assert.That(
            () => Runtime(4).StartAsync(),
            Throws.TypeOf<DeliveryException>().With.Message.Contains("within 4 s, found: slow running (starting)"));
    }

    [Test]
    public async Task Cancelling_ends_the_wait_and_leaves_the_stack_for_a_look()
    {
        Services(Service("slow", "exec sleep 1000", HealthCheck("\"/bin/test\", \"-f\", \"/never\"")));
        using var cancel = new CancellationTokenSource();
        var start = Runtime().StartAsync(cancel.Token);
        for (var i = 0; i < 100 && !await Runtime().IsRunningAsync(); i++) await Task.Delay(100);

        await cancel.CancelAsync();

        Assert.That(async () => await start, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await Runtime().IsRunningAsync(), Is.True);
    }

    [Test]
    public void A_file_that_Compose_refuses_is_an_error_with_its_words()
    {
        _folder.Write("compose.yml", "version: \"3.4\"\nservices:\n  x:\n    imagine: y\n");

        Assert.That(() => Runtime().StartAsync(), Throws.TypeOf<DeliveryException>().With.Message.Contains("imagine"));
        File.Delete(_folder.At("compose.yml"));
    }

    [Test]
    public async Task Compose_reads_the_env_file_as_it_was_meant()
    {
        var file = DotEnv.Parse("", ".env");
        for (var i = 0; i < DotEnvTests.Values.Length; i++) file.Set($"V{i}", DotEnvTests.Values[i]);
        _folder.Write(".env", file.ToText());
        Services(Service("x", "exec sleep 1000", $"env_file: .env\n    environment:\n{string.Join('\n', DotEnvTests.Values.Select((_, i) => $"      W{i}: \"${{V{i}}}\""))}"));

        await Runtime().StartAsync();

        var json = (await DockerDaemon.Docker("inspect", "--format", "{{json .Config.Env}}", (await Containers())[0])).Output;
        var pairs = JsonSerializer.Deserialize<string[]>(json)!;
        Assert.Multiple(() =>
        {
            for (var i = 0; i < DotEnvTests.Values.Length; i++)
            {
                Assert.That(pairs, Has.Member($"V{i}={DotEnvTests.Values[i]}"), "by env_file");
                Assert.That(pairs, Has.Member($"W{i}={DotEnvTests.Values[i]}"), "by --env-file and ${}");
            }
        });
    }
}
