using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text.Json;
using Seidra.Sandbox.Machines;
using Seidra.Sandbox.World;

namespace Seidra.Sandbox.Tests.World;

/// <summary>Worlds as real processes with the probe running.</summary>
public class RehearsalWorldTests
{
    [Test]
    public async Task Starts_with_the_probe_running_and_nothing_failed()
    {
        await using var test = await new TestWorld().StartAsync();
        var figures = await test.AcknowledgedAsync(50);
        Assert.That((figures.Failed, figures.DowntimeMs, string.Join('|', figures.FirstFailures)), Is.EqualTo((0L, 0.0, "")));
        Assert.That((figures.Requests, figures.AcknowledgedWrites), Is.EqualTo((figures.Reads + figures.Writes, figures.Writes)));
        var proof = await test.World.ProveWritesAsync();
        Assert.That((proof.Acknowledged >= figures.AcknowledgedWrites, proof.Lost, proof.Doubled), Is.EqualTo((true, 0L, 0L)));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public async Task Everything_it_writes_is_for_its_owner_only()
    {
        await using var test = await new TestWorld().StartAsync();
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        foreach (var folder in new[] { test.Layout.Root, test.Layout.Secrets, test.Layout.Logs, test.Layout.Services })
            Assert.That(File.GetUnixFileMode(folder) & others, Is.EqualTo(UnixFileMode.None), folder);
        foreach (var file in Directory.EnumerateFiles(test.Layout.Secrets).Append(test.Layout.WorldFile).Append(test.Layout.SettingsFile))
            Assert.That(File.GetUnixFileMode(file) & others, Is.EqualTo(UnixFileMode.None), file);
        var settings = await File.ReadAllTextAsync(test.World.SettingsFile);
        foreach (var secret in Directory.EnumerateFiles(test.Layout.Secrets))
            Assert.That(settings, Does.Not.Contain((await File.ReadAllTextAsync(secret)).Trim()), secret);
    }

    [Test]
    public async Task Second_run_attaches_to_the_same_world()
    {
        await using var test = await new TestWorld().StartAsync();
        var first = test.Process;
        var watch = Stopwatch.StartNew();
        var again = await RehearsalWorld.StartOrAttachAsync(test.Options);
        Assert.That((test.Process, again.Endpoints, again.SettingsFile), Is.EqualTo((first, test.World.Endpoints, test.World.SettingsFile)));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)));
    }

    [Test]
    public async Task Two_runs_at_once_share_one_world()
    {
        await using var test = new TestWorld();
        var worlds = await Task.WhenAll(RehearsalWorld.StartOrAttachAsync(test.Options), RehearsalWorld.StartOrAttachAsync(test.Options));
        await test.StartAsync();
        Assert.That(worlds[0].Endpoints, Is.EqualTo(worlds[1].Endpoints));
        Assert.That((await test.World.FiguresAsync()).Failed, Is.Zero);
    }

    [Test]
    public async Task Switch_behind_a_hold_fails_no_request_and_loses_no_write()
    {
        await using var test = await new TestWorld().StartAsync();
        await test.AcknowledgedAsync(50);
        await test.DeployUltimateAsync();
        Assert.That(await test.AdminAsync(HttpMethod.Put, "/_door/hold", new { deadlineMs = 20000 }), Is.EqualTo(200));
        await Task.Delay(150);
        UltimateTables.CopyFromClassic(test.UltimateDatabase, test.ClassicDatabase);
        Assert.That(await test.AdminAsync(HttpMethod.Put, "/_door/target", new { target = "ultimate" }), Is.EqualTo(200));
        Assert.That(await test.AdminAsync(HttpMethod.Delete, "/_door/hold"), Is.EqualTo(200));
        var before = UltimateTables.Scalar(test.ClassicDatabase, "SELECT count(*) FROM jobs");
        var switched = await test.World.FiguresAsync();

        var figures = await test.AcknowledgedAsync(switched.AcknowledgedWrites + 50);
        Assert.That((figures.Failed, figures.DowntimeMs, string.Join('|', figures.FirstFailures)), Is.EqualTo((0L, 0.0, "")));
        Assert.That((figures.WritesWereHeld, figures.WritePauseMs), Is.EqualTo((true, figures.WritePauseMs)));
        Assert.That(figures.WritePauseMs, Is.GreaterThan(140).And.LessThan(20000));
        var proof = await test.World.ProveWritesAsync();
        Assert.That((proof.Acknowledged > switched.AcknowledgedWrites, proof.Lost, proof.Doubled), Is.EqualTo((true, 0L, 0L)));
        Assert.That(UltimateTables.Scalar(test.ClassicDatabase, "SELECT count(*) FROM jobs"), Is.EqualTo(before), "Classic got a write after the switch");
    }

    [Test]
    public async Task Proof_finds_a_lost_and_a_doubled_write()
    {
        await using var test = await new TestWorld().StartAsync();
        await test.AcknowledgedAsync(20);
        UltimateTables.Execute(test.ClassicDatabase, """
            DELETE FROM jobs WHERE id = (SELECT min(id) FROM jobs WHERE prompt LIKE 'probe %');
            INSERT INTO jobs (user_id, prompt) SELECT user_id, prompt FROM jobs WHERE id = (SELECT min(id) FROM jobs WHERE prompt LIKE 'probe %');
            """);
        var proof = await test.World.ProveWritesAsync();
        Assert.That((proof.Lost, proof.Doubled), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public async Task Proof_before_ultimate_has_tables_says_what_is_missing()
    {
        await using var test = await new TestWorld().StartAsync();
        await test.AdminAsync(HttpMethod.Put, "/_door/target", new { target = "ultimate" });
        Assert.That(async () => await test.World.ProveWritesAsync(), Throws.InstanceOf<SandboxException>().With.Message.Contains("generation_jobs"));
    }

    [Test]
    public async Task Refused_requests_are_counted_with_their_reason()
    {
        await using var test = await new TestWorld().StartAsync();
        await test.AcknowledgedAsync(5);
        await test.AdminAsync(HttpMethod.Put, "/_door/target", new { target = "ultimate" });
        await Task.Delay(300);
        await test.AdminAsync(HttpMethod.Put, "/_door/target", new { target = "classic" });
        var good = await test.World.FiguresAsync();
        var figures = await test.AcknowledgedAsync(good.AcknowledgedWrites + 20);
        Assert.That((figures.Failed > 0, figures.DowntimeMs > 100), Is.EqualTo((true, true)), $"failed {figures.Failed}, down {figures.DowntimeMs} ms");
        Assert.That(figures.FirstFailures, Is.Not.Empty.And.All.Contains(": 502"));
    }

    [Test]
    public async Task Killed_world_takes_classic_along_and_comes_back_on_the_same_ports_data_and_record()
    {
        await using var test = await new TestWorld().StartAsync();
        var before = await test.AcknowledgedAsync(50);
        var (endpoints, process) = (test.World.Endpoints, test.Process);
        await test.KillAsync();
        await GoneAsync(endpoints.ClassicUrl);

        await test.StartAsync();
        var after = await test.AcknowledgedAsync(before.AcknowledgedWrites + 50);
        Assert.That((test.World.Endpoints, test.Process == process), Is.EqualTo((endpoints, false)));
        Assert.That((after.AcknowledgedWrites > before.AcknowledgedWrites, after.Reads >= before.Reads, after.Failed), Is.EqualTo((true, true, 0L)), string.Join('|', after.FirstFailures));
        var proof = await test.World.ProveWritesAsync();
        Assert.That((proof.Acknowledged >= after.AcknowledgedWrites, proof.Lost, proof.Doubled), Is.EqualTo((true, 0L, 0L)));
    }

    [Test]
    public async Task World_killed_after_the_switch_comes_back_on_ultimate_and_boots_its_service()
    {
        await using var test = await new TestWorld().StartAsync();
        await test.DeployUltimateAsync();
        await test.AdminAsync(HttpMethod.Put, "/_door/target", new { target = "ultimate" });
        await test.KillAsync();
        var service = test.Service;
        await new ProcessIdentity(service.Pid, service.StartTicks).StopAsync(TimeSpan.FromSeconds(10));
        Assert.That(test.Service.IsRunning, Is.False);

        await test.StartAsync();
        var jobs = UltimateTables.Scalar(test.UltimateDatabase, "SELECT count(*) FROM generation_jobs");
        var figures = await test.World.FiguresAsync();
        figures = await test.AcknowledgedAsync(figures.AcknowledgedWrites + 20);
        Assert.That((test.Service.IsRunning, test.Service.Pid == service.Pid), Is.EqualTo((true, false)));
        Assert.That(UltimateTables.Scalar(test.UltimateDatabase, "SELECT count(*) FROM generation_jobs"), Is.GreaterThan(jobs!));
        Assert.That(figures.Failed, Is.Zero, string.Join('|', figures.FirstFailures));
    }

    [Test]
    public async Task Service_that_outlived_the_killed_world_is_left_alone()
    {
        await using var test = await new TestWorld().StartAsync();
        await test.DeployUltimateAsync();
        var (service, endpoints) = (test.Service, test.World.Endpoints);
        await test.KillAsync();
        Assert.That(test.Service.IsRunning, Is.True);
        await test.StartAsync();
        Assert.That((test.Service.Pid, test.World.Endpoints), Is.EqualTo((service.Pid, endpoints)));
    }

    [Test]
    public async Task Stop_ends_every_process_and_keeps_data_and_service_records()
    {
        await using var test = await new TestWorld().StartAsync();
        await test.DeployUltimateAsync();
        var (process, service, endpoints) = (test.Process, test.Service, test.World.Endpoints);
        var figures = await test.AcknowledgedAsync(20);
        await test.World.StopAsync();
        Assert.That((process.IsAlive, service.IsRunning, File.Exists(test.ServiceFile), File.Exists(test.Layout.WorldFile)), Is.EqualTo((false, false, true, false)));
        foreach (var url in new[] { endpoints.DoorUrl, endpoints.DoorAdminUrl, endpoints.ClassicUrl, endpoints.UltimateUrl })
            await GoneAsync(url);
        Assert.That(async () => await test.World.FiguresAsync(), Throws.InstanceOf<SandboxException>());

        await test.StartAsync();
        var after = await test.World.FiguresAsync();
        Assert.That((after.AcknowledgedWrites >= figures.AcknowledgedWrites, after.Failed, test.World.Endpoints), Is.EqualTo((true, 0L, endpoints)), string.Join('|', after.FirstFailures));
    }

    [Test]
    public async Task World_without_a_run_ends_after_its_linger_time()
    {
        await using var test = new TestWorld(lingerSeconds: 1);
        test.Layout.Create();
        using var run = Process.Start(new ProcessStartInfo("sleep", "600"))!;
        var identity = ProcessIdentity.Of(run.Id)!;
        var argv = WorldProcess.Argv(test.Layout, test.Options, identity);
        using var world = Process.Start(new ProcessStartInfo(argv[0], argv.Skip(1)) { RedirectStandardOutput = true })!;
        await ReadyAsync(test.Layout);
        await Task.Delay(2500);
        Assert.That(world.HasExited, Is.False, "it ended although its run lives");
        run.Kill();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await world.WaitForExitAsync(patience.Token);
        Assert.That((world.ExitCode, File.Exists(test.Layout.WorldFile)), Is.EqualTo((0, false)));
    }

    [Test]
    public async Task Stale_card_of_a_recycled_process_id_is_seen_through()
    {
        await using var test = await new TestWorld().StartAsync();
        var card = WorldFile.Read(test.Layout)!;
        await test.KillAsync();
        // The same number, another process: this very test.
        (card with { Process = ProcessIdentity.Current with { StartTicks = 1 } }).Write(test.Layout);
        await test.StartAsync();
        Assert.That((await test.World.FiguresAsync()).Failed, Is.Zero);
    }

    [Test]
    public async Task Killed_first_start_is_begun_again()
    {
        await using var test = new TestWorld();
        test.Layout.Create();
        var torn = Path.Combine(test.Layout.Classic, "media.new", "images");
        Directory.CreateDirectory(torn);
        await File.WriteAllTextAsync(Path.Combine(torn, "half.png"), "x");
        Directory.CreateDirectory(Path.Combine(test.Layout.Classic, "database.new"));
        await File.WriteAllTextAsync(Path.Combine(test.Layout.Classic, "database.new", "seidra.db"), "torn");
        await test.StartAsync();
        Assert.That(Directory.EnumerateFileSystemEntries(test.Layout.Classic).Select(Path.GetFileName), Is.EquivalentTo(new[] { "database", "media" }));
        Assert.That(Directory.EnumerateFiles(Path.Combine(test.Layout.Classic, "media"), "*", SearchOption.AllDirectories).Count(), Is.EqualTo(40));
    }

    [Test]
    public async Task Taken_port_is_replaced_in_ports_and_settings_and_logged()
    {
        await using var test = await new TestWorld().StartAsync();
        var old = test.World.Endpoints;
        await test.World.StopAsync();
        using var thief = new TcpListener(IPAddress.Loopback, new Uri(old.DoorUrl).Port);
        thief.Start();
        await test.StartAsync();
        var now = test.World.Endpoints;
        Assert.That((now.DoorUrl == old.DoorUrl, now.ClassicUrl, now.UltimateUrl), Is.EqualTo((false, old.ClassicUrl, old.UltimateUrl)));
        Assert.That(await File.ReadAllTextAsync(test.World.SettingsFile), Does.Contain(now.DoorUrl).And.Not.Contain(old.DoorUrl));
        Assert.That(test.Log, Has.Some.Contains($"port {new Uri(old.DoorUrl).Port} of the front door is taken"));
    }

    [Test]
    public async Task Frozen_world_is_ended_and_replaced()
    {
        await using var test = await new TestWorld().StartAsync();
        var process = test.Process;
        using (var stop = Process.Start("kill", ["-STOP", $"{process.Pid}"]))
            await stop!.WaitForExitAsync();
        await test.StartAsync();
        Assert.That((process.IsAlive, test.Process.IsAlive), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task Classic_that_dies_alone_is_started_again()
    {
        await using var test = await new TestWorld().StartAsync();
        var family = Directory.EnumerateDirectories($"/proc/{test.Process.Pid}/task").SelectMany(task => File.ReadAllText(task + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries));
        using (var classic = Process.GetProcessById(int.Parse(family.Single())))
            classic.Kill();
        var figures = await test.World.FiguresAsync();
        figures = await test.AcknowledgedAsync(figures.AcknowledgedWrites + 50);
        Assert.That(await test.World.ProveWritesAsync(), Has.Property(nameof(WriteProof.Lost)).EqualTo(0));
        Assert.That(await File.ReadAllTextAsync(test.Layout.WorldLog), Does.Contain("Classic ended with code 137"));
    }

    [Test]
    public async Task Folder_that_cannot_be_made_is_named()
    {
        await using var test = new TestWorld();
        await File.WriteAllTextAsync(Path.GetDirectoryName(test.Options.Directory)!, "a file where the folder should be");
        Assert.That(async () => await test.StartAsync(), Throws.InstanceOf<SandboxException>().With.Message.Contains(test.Options.Directory));
    }

    [Test]
    public async Task World_of_another_profile_is_not_taken_over()
    {
        await using var test = await new TestWorld().StartAsync();
        Assert.That(
            async () => await RehearsalWorld.StartOrAttachAsync(test.Options with { Profile = "services" }),
            Throws.InstanceOf<SandboxException>().With.Message.Contains("embedded").And.Message.Contains("--state"));
        Assert.That((await test.World.FiguresAsync()).Failed, Is.Zero);
    }

    [Test]
    public void Unknown_profile_is_refused_before_anything_is_made()
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Assert.That(async () => await RehearsalWorld.StartOrAttachAsync(new WorldOptions(folder, "cloud")), Throws.InstanceOf<SandboxException>().With.Message.Contains("cloud"));
        Assert.That(Directory.Exists(folder), Is.False);
    }

    [Test]
    public async Task World_that_cannot_start_says_why_and_where_its_log_is()
    {
        await using var test = new TestWorld();
        test.Layout.Create();
        await File.WriteAllTextAsync(test.Layout.MakingFile, JsonSerializer.Serialize(new WorldMaking("services", 1, 1, 1), WorldJson.Default.WorldMaking));
        Assert.That(
            async () => await test.StartAsync(),
            Throws.InstanceOf<SandboxException>().With.Message.Contains("found one of services").And.Message.Contains(test.Layout.WorldLog));
    }

    [Test]
    public async Task Cancelled_start_leaves_no_process()
    {
        await using var test = new TestWorld();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(400));
        Assert.That(async () => await RehearsalWorld.StartOrAttachAsync(test.Options, null, cancel.Token), Throws.InstanceOf<OperationCanceledException>());
        using var folder = new FileStream(test.Layout.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        Assert.That(File.Exists(test.Layout.WorldFile), Is.False);
    }

    private static async Task ReadyAsync(WorldLayout layout)
    {
        for (var watch = Stopwatch.StartNew(); WorldFile.Read(layout) is null && watch.Elapsed < TimeSpan.FromSeconds(60);)
            await Task.Delay(20);
        Assert.That(WorldFile.Read(layout), Is.Not.Null);
    }

    private static async Task GoneAsync(string url)
    {
        var port = new Uri(url).Port;
        for (var watch = Stopwatch.StartNew(); !FreePorts.IsFree(port) && watch.Elapsed < TimeSpan.FromSeconds(10);)
            await Task.Delay(20);
        Assert.That(FreePorts.IsFree(port), Is.True, url);
    }
}
