using System.Diagnostics;
using System.Text.Json;

namespace Seidra.Delivery.Tests;

public sealed class ProcessRuntimeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string ServiceFile => _folder.At("services/production.json");

    public void Dispose()
    {
        Service().StopAsync().GetAwaiter().GetResult();
        _folder.Dispose();
    }

    private ProcessRuntime Service(params string[] argv) =>
        new(ServiceFile, "production", argv.Length > 0 ? argv : ["sleep", "1000"], _folder.Path, EnvFile()) { StopGrace = TimeSpan.FromSeconds(2) };

    private string? EnvFile() => File.Exists(_folder.At(".env")) ? _folder.At(".env") : null;

    private static ServiceRecord Record(string file) => ServiceRecord.Read(file)!;

    [Test]
    public async Task The_service_runs_in_a_session_of_its_own_and_is_written_down()
    {
        await Service().StartAsync();

        using var json = JsonDocument.Parse(File.ReadAllText(ServiceFile));
        var pid = json.RootElement.GetProperty("pid").GetInt32();
        var row = ProcessTable.Find(pid)!;
        Assert.Multiple(() =>
        {
            Assert.That(json.RootElement.EnumerateObject().Select(p => p.Name), Is.EquivalentTo(new[] { "name", "pid", "startTicks", "argv", "workingDirectory", "envFile", "logFile" }));
            Assert.That(json.RootElement.GetProperty("startTicks").GetInt64(), Is.EqualTo(row.StartTicks));
            Assert.That(row.Session, Is.EqualTo(pid));
            Assert.That(File.ReadAllText($"/proc/{pid}/cmdline"), Is.EqualTo("sleep\01000\0").Or.EqualTo("/usr/bin/sleep\01000\0").Or.EqualTo("/bin/sleep\01000\0"));
            Assert.That(File.GetUnixFileMode(ServiceFile), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        });
        Assert.That(await Service().IsRunningAsync(), Is.True);
    }

    [Test]
    public async Task Starting_twice_is_starting_once_and_stopping_twice_is_stopping_once()
    {
        await Service().StartAsync();
        var pid = Record(ServiceFile).Pid;
        await Service().StartAsync();
        Assert.That(Record(ServiceFile).Pid, Is.EqualTo(pid));

        await Service().StopAsync();
        Assert.That(Waiting.Lives(pid), Is.False);
        Assert.That(File.Exists(ServiceFile), Is.False);
        Assert.That(await Service().IsRunningAsync(), Is.False);
        await Service().StopAsync();
    }

    [Test]
    public async Task A_command_that_changed_since_replaces_the_running_one()
    {
        await Service("sleep", "1000").StartAsync();
        var old = Record(ServiceFile).Pid;

        await Service("sleep", "2000").StartAsync();

        Assert.That(Waiting.Lives(old), Is.False);
        Assert.That(Record(ServiceFile).Argv, Is.EqualTo(new[] { "sleep", "2000" }));
        Assert.That(await Service("sleep", "2000").IsRunningAsync(), Is.True);
    }

    [Test]
    public async Task It_outlives_the_program_that_started_it_even_when_that_is_killed()
    {
        using var starter = Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(Program).Assembly.Location, ServiceFile, _folder.Path, "sh", "-c", "while :; do echo beat; sleep 0.1; done"])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Assert.That(await starter.StandardOutput.ReadLineAsync(), Is.EqualTo("started"));
        var record = Record(ServiceFile);

        Libc.Signal(starter.Id, Libc.SigKill);
        await starter.WaitForExitAsync();
        var size = new FileInfo(record.LogFile).Length;

        await Waiting.Until(() => new FileInfo(record.LogFile).Length > size + 20, "the service goes on writing its log");
        Assert.That(await Service().IsRunningAsync(), Is.True);
        await Service().StopAsync();
        Assert.That(Waiting.Lives(record.Pid), Is.False);
    }

    [Test]
    public async Task A_start_that_was_cut_before_the_pid_was_written_down_is_found_again()
    {
        await Service().StartAsync();
        var record = Record(ServiceFile);
        await (record with { Pid = 0, StartTicks = 0 }).WriteAsync(ServiceFile);

        await Service().StartAsync();

        Assert.That((Record(ServiceFile).Pid, Record(ServiceFile).StartTicks), Is.EqualTo((record.Pid, record.StartTicks)));
        await (record with { Pid = 0, StartTicks = 0 }).WriteAsync(ServiceFile);
        await Service().StopAsync();
        Assert.That(Waiting.Lives(record.Pid), Is.False);
    }

    [Test]
    public async Task Another_process_that_got_the_same_number_is_neither_running_nor_stopped()
    {
        using var stranger = Process.Start("sleep", "1000");
        try
        {
            await new ServiceRecord("production", stranger.Id, 1, ["sleep", "1000"], _folder.Path, null, _folder.At("log")).WriteAsync(ServiceFile);

            Assert.That(await Service().IsRunningAsync(), Is.False);
            await Service().StopAsync();

            Assert.That(Waiting.Lives(stranger.Id), Is.True);
            Assert.That(File.Exists(ServiceFile), Is.False);
        }
        finally
        {
            stranger.Kill();
        }
    }

    [Test]
    public async Task Stopping_asks_first_and_takes_the_children_along()
    {
        await Service("sh", "-c", $"trap 'echo bye > {_folder.At("bye")}; exit 0' TERM; sleep 1000 & echo $! > {_folder.At("child")}; while :; do sleep 0.05; done").StartAsync();
        var child = await Waiting.Pid(_folder.At("child"));

        await Service().StopAsync();

        Assert.That(File.Exists(_folder.At("bye")), Is.True);
        Assert.That(Waiting.Lives(child), Is.False);
    }

    [Test]
    public async Task What_ignores_SIGTERM_is_killed()
    {
        await Service("sh", "-c", $"trap '' TERM; echo > {_folder.At("up")}; while :; do sleep 0.05; done").StartAsync();
        await Waiting.Until(() => File.Exists(_folder.At("up")), "the trap is set");
        var pid = Record(ServiceFile).Pid;

        await Service().StopAsync();

        Assert.That(Waiting.Lives(pid), Is.False);
    }

    [Test]
    public async Task It_sees_the_env_file_and_little_else()
    {
        Environment.SetEnvironmentVariable("SEIDRA_TEST_LEAK", "leak");
        _folder.Write(".env", "JWT_SECRET='a $b # c'\nSEIDRA_PORT=8000\n");

        await Service("sh", "-c", "env -0; exec sleep 1000").StartAsync();

        var log = Record(ServiceFile).LogFile;
        await Waiting.Until(() => File.ReadAllText(log).Contains("SEIDRA_PORT", StringComparison.Ordinal), "the environment is printed");
        var pairs = File.ReadAllText(log).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(pairs, Has.Member("JWT_SECRET=a $b # c").And.Member("SEIDRA_PORT=8000"));
        Assert.That(pairs.Select(pair => pair.Split('=')[0]).Except(["PATH", "HOME", "LANG", "PWD", "OLDPWD", "SHLVL", "_"]), Is.EquivalentTo(new[] { "JWT_SECRET", "SEIDRA_PORT", "SEIDRA_SERVICE_FILE" }));
        Assert.That(File.GetUnixFileMode(log), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task What_ends_at_once_is_an_error_with_its_last_lines_without_secrets()
    {
        _folder.Write(".env", "JWT_SECRET=long-enough-secret\n");

        var error = Assert.ThrowsAsync<DeliveryException>(() => Service("sh", "-c", "echo cannot bind port with $JWT_SECRET; exit 9").StartAsync());

        Assert.That(error!.Message, Does.Contain("ended at once with exit code 9").And.Contain("cannot bind port with ***"));
        Assert.That(await Service().IsRunningAsync(), Is.False);
    }

    [Test]
    public async Task A_dead_service_is_started_anew()
    {
        await Service().StartAsync();
        var first = Record(ServiceFile).Pid;
        Libc.Signal(first, Libc.SigKill);
        await Waiting.Until(() => !Waiting.Lives(first), "the service is dead");
        Assert.That(await Service().IsRunningAsync(), Is.False);

        await Service().StartAsync();

        Assert.That(Record(ServiceFile).Pid, Is.Not.EqualTo(first));
    }

    [TestCase("not json at all")]
    [TestCase("{}")]
    [TestCase("null")]
    public void A_damaged_service_file_is_named(string content)
    {
        _folder.Write("services/damaged.json", content);

        Assert.That(() => ServiceRecord.Read(_folder.At("services/damaged.json")), Throws.TypeOf<DeliveryException>().With.Message.Contains("damaged.json"));
    }

    [Test]
    public void A_command_that_does_not_exist_is_named_and_records_nothing()
    {
        Assert.That(() => Service("no-such-server").StartAsync(), Throws.TypeOf<DeliveryException>().With.Message.Contains("no-such-server"));
        Assert.That(File.Exists(ServiceFile), Is.False);
    }
}
