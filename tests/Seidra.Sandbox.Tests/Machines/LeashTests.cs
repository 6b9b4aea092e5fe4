using System.Diagnostics;
using Seidra.Sandbox.Machines;

namespace Seidra.Sandbox.Tests.Machines;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LeashTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("seidra-leash-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [TestCase("postgres")]
    [TestCase("s3")]
    public async Task A_starter_that_comes_back_at_once_waits_for_the_server_of_the_killed_one(string server)
    {
        using var first = Start(server);
        var port = await PortOfAsync(first);
        first.Kill();
        using var second = Start(server);
        Assert.That(await PortOfAsync(second), Is.EqualTo(port));
        second.Kill();
        await second.WaitForExitAsync();
        Assert.That(ProcessesOf, Is.Empty.After(25_000, 100));
    }

    [TestCase("postgres", 150)]
    [TestCase("postgres", 700)]
    [TestCase("s3", 700)]
    [TestCase("s3", 2_500)]
    public async Task A_start_that_was_killed_halfway_is_followed_by_one_that_succeeds(string server, int afterMs)
    {
        using var first = Start(server);
        await Task.Delay(afterMs);
        first.Kill();
        using var second = Start(server);
        Assert.That(await PortOfAsync(second), Is.GreaterThan(0));
        second.Kill();
        await second.WaitForExitAsync();
        Assert.That(ProcessesOf, Is.Empty.After(25_000, 100));
    }

    [TestCase("postgres")]
    [TestCase("s3")]
    public async Task A_server_ends_when_its_starter_is_killed_and_starts_again_on_the_same_port(string server)
    {
        using var starter = Start(server);
        var port = await PortOfAsync(starter);
        Assert.That(FreePorts.IsFree(port), Is.False, "the server listens before the kill");

        starter.Kill();
        await starter.WaitForExitAsync();
        Assert.That(() => FreePorts.IsFree(port), Is.True.After(25_000, 100), "the server is gone after the kill");

        using var second = Start(server);
        Assert.That(await PortOfAsync(second), Is.EqualTo(port));
        second.Kill();
        await second.WaitForExitAsync();
        Assert.That(ProcessesOf, Is.Empty.After(25_000, 100));
    }

    [Test]
    public async Task A_server_that_ignores_its_signal_from_a_closed_pipe_is_asked_until_it_listens()
    {
        var log = Path.Combine(directory, "log");
        using var leash = Leash.Start(["sh", "-c", "trap '' TERM; sleep 2; trap 'exit 0' TERM; while :; do sleep 0.1; done"], "TERM", log, directory);
        await Task.Delay(500);
        var watch = Stopwatch.StartNew();
        await leash.StopAsync();
        Assert.That(leash.IsRunning, Is.False);
        Assert.That(watch.Elapsed.TotalSeconds, Is.InRange(1.0, 15));
    }

    [Test]
    public async Task Output_and_end_of_a_server_are_kept()
    {
        var log = Path.Combine(directory, "log");
        using var leash = Leash.Start(["sh", "-c", "echo out; echo err >&2; exit 3"], "TERM", log, directory);
        await leash.WaitAsync(CancellationToken.None);
        Assert.That(await File.ReadAllTextAsync(log), Is.EqualTo("out\nerr\n"));
    }

    private Process Start(string server) =>
        Process.Start(new ProcessStartInfo("dotnet", [typeof(LeashedServer).Assembly.Location, server, directory]) { RedirectStandardOutput = true })!;

    private static async Task<int> PortOfAsync(Process starter)
    {
        var line = await starter.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the starter ended before its server was ready");
        return int.Parse(line.Split(' ')[1]);
    }

    private IReadOnlyList<string> ProcessesOf() =>
        [.. Directory.EnumerateDirectories("/proc").Select(CommandLine).Where(line => line.Contains(directory, StringComparison.Ordinal))];

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
