using System.Collections.Concurrent;

namespace Seidra.Delivery.Tests;

public sealed class ProcessRunnerTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ConcurrentQueue<string> _log = new();
    private readonly ProcessRunner _runner = new();

    public void Dispose() => _folder.Dispose();

    private static ProcessSpec Shell(string script) => new() { FileName = "sh", Arguments = ["-c", script] };

    private Task<ProcessResult> RunAsync(ProcessSpec spec, CancellationToken cancellation = default) => _runner.RunAsync(spec, _log.Enqueue, cancellation);

    [Test]
    public async Task Both_streams_are_logged_with_the_prefix_and_the_caller_judges_the_exit_code()
    {
        var result = await RunAsync(Shell("echo one; echo two >&2; exit 7") with { Prefix = "qa" });

        Assert.That(result.ExitCode, Is.EqualTo(7));
        Assert.That(_log, Is.EquivalentTo(new[] { "qa | one", "qa | two" }));
        Assert.That(result.Tail, Is.EquivalentTo(new[] { "one", "two" }));
        Assert.That(() => result.OrThrow("the battery", "Read on."), Throws.TypeOf<DeliveryException>().With.Message.Contains("expected exit code 0, found 7").And.Message.Contains("two"));
    }

    [Test]
    public async Task Lines_are_live()
    {
        var running = RunAsync(Shell($"echo started; while [ ! -e {_folder.At("go")} ]; do sleep 0.05; done"));

        await Waiting.Until(() => _log.Contains("started"), "the first line arrives while the program still runs");
        Assert.That(running.IsCompleted, Is.False);
        _folder.Write("go", "");
        Assert.That((await running).ExitCode, Is.Zero);
    }

    [Test]
    public async Task The_log_file_gets_every_line_and_is_for_its_owner_alone()
    {
        var spec = Shell("seq 1 2000") with { LogFile = _folder.At("logs/run.log") };

        await RunAsync(spec);
        await RunAsync(spec);

        Assert.That(File.ReadAllLines(spec.LogFile!), Is.EqualTo(Enumerable.Range(1, 2000).Concat(Enumerable.Range(1, 2000)).Select(i => $"{i}")));
        Assert.That(File.GetUnixFileMode(spec.LogFile!), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task Secrets_are_taken_out_in_every_spelling_from_log_file_tail_and_live_lines()
    {
        const string Secret = "p@ss \"word\"/42";
        var script = _folder.Write("print.sh", $$"""
            #!/bin/sh
            printf '%s\n' '{{Secret}}' '{{Uri.EscapeDataString(Secret)}}' '{"pw":"p@ss \"word\"/42"}' '{{Convert.ToBase64String("p@ss \"word\"/42"u8)}}' >&2
            echo postgresql://seidra:other-secret@db:5432/seidra
            echo innocent
            """);
        var spec = new ProcessSpec { FileName = script, Redactions = [Secret], LogFile = _folder.At("run.log") };

        var result = await RunAsync(spec);

        foreach (var lines in new[] { _log.ToArray(), [.. result.Tail], File.ReadAllLines(spec.LogFile!) })
        {
            Assert.That(lines, Has.Length.EqualTo(6));
            Assert.That(lines, Has.None.Contains("word").And.None.Contains("p%40ss").And.None.Contains("cEBzc").And.None.Contains("other-secret"));
            Assert.That(lines, Has.Member("postgresql://seidra:***@db:5432/seidra").And.Member("innocent"));
        }
    }

    [Test]
    public async Task A_runner_may_carry_secrets_of_its_own()
    {
        await new ProcessRunner(["of-the-whole-run"]).RunAsync(Shell("echo of-the-whole-run"), _log.Enqueue);

        Assert.That(_log, Is.EqualTo(new[] { "***" }));
    }

    [Test]
    public async Task The_environment_is_the_base_what_is_given_and_nothing_else()
    {
        Environment.SetEnvironmentVariable("SEIDRA_TEST_SECRET", "leak");
        Environment.SetEnvironmentVariable("SEIDRA_TEST_WANTED", "wanted");

        var result = await RunAsync(new ProcessSpec
        {
            FileName = "env",
            Arguments = ["-0"],
            Environment = new Dictionary<string, string> { ["JWT_SECRET"] = "a=b $c", ["EMPTY"] = "" },
            Inherit = ["SEIDRA_TEST_WANTED", "SEIDRA_TEST_ABSENT"],
            Capture = true,
        });

        var pairs = result.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(pairs, Has.Member("JWT_SECRET=a=b $c").And.Member("EMPTY=").And.Member("SEIDRA_TEST_WANTED=wanted"));
        var names = pairs.Select(pair => pair.Split('=')[0]).Except(ProcessEnvironment.Base).Except(["JWT_SECRET", "EMPTY", "SEIDRA_TEST_WANTED", "SEIDRA_RUN_ID"]);
        Assert.That(names, Is.Empty);
    }

    [Test]
    public async Task A_time_out_ends_the_whole_tree_even_children_that_left_their_session()
    {
        var spec = Shell($"""
            sleep 1000 & echo $! > {_folder.At("child")}
            (setsid sh -c 'echo $$ > {_folder.At("orphan")}; exec sleep 1000' &)
            echo waiting
            wait
            """) with
        { Timeout = TimeSpan.FromSeconds(1.5), LogFile = _folder.At("run.log") };
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var error = Assert.ThrowsAsync<DeliveryException>(() => RunAsync(spec));

        Assert.That(error!.Message, Does.Contain("did not end within 1.5 s").And.Contain(spec.LogFile).And.Contain("waiting"));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
        Assert.That(Waiting.Lives(await Waiting.Pid(_folder.At("child"))), Is.False);
        Assert.That(Waiting.Lives(await Waiting.Pid(_folder.At("orphan"))), Is.False);
    }

    [Test]
    public async Task Cancelling_lets_the_tree_end_in_order_first()
    {
        using var cancel = new CancellationTokenSource();
        var running = RunAsync(Shell($"trap 'echo tidied > {_folder.At("tidied")}; exit 0' TERM; echo $$ > {_folder.At("pid")}; while :; do sleep 0.05; done"), cancel.Token);
        var pid = await Waiting.Pid(_folder.At("pid"));

        await cancel.CancelAsync();

        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(File.Exists(_folder.At("tidied")), Is.True);
        Assert.That(Waiting.Lives(pid), Is.False);
    }

    [Test]
    public async Task A_tree_that_ignores_SIGTERM_is_killed_after_the_grace()
    {
        using var cancel = new CancellationTokenSource();
        var running = RunAsync(Shell($"trap '' TERM; echo $$ > {_folder.At("pid")}; while :; do sleep 0.05; done") with { KillGrace = TimeSpan.FromMilliseconds(300) }, cancel.Token);
        var pid = await Waiting.Pid(_folder.At("pid"));

        await cancel.CancelAsync();

        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Waiting.Lives(pid), Is.False);
    }

    [Test]
    public async Task A_log_that_throws_ends_the_tree_and_shows()
    {
        var running = _runner.RunAsync(Shell($"echo $$ > {_folder.At("pid")}; echo line; sleep 1000"), _ => throw new InvalidDataException("full"));

        Assert.That(async () => await running, Throws.TypeOf<InvalidDataException>());
        Assert.That(Waiting.Lives(await Waiting.Pid(_folder.At("pid"))), Is.False);
    }

    [Test]
    public async Task A_service_left_behind_with_open_pipes_does_not_hold_the_run_up()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var result = await RunAsync(Shell($"sleep 60 & echo $! > {_folder.At("pid")}; echo installed; exit 3"));

        var pid = await Waiting.Pid(_folder.At("pid"));
        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(_log, Has.Member("installed"));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
        Assert.That(Waiting.Lives(pid), Is.True, "what a script leaves running on purpose goes on");
        await new ProcessTree(pid).EndAsync(TimeSpan.Zero);
    }

    [Test]
    public async Task Nothing_can_be_asked_at_the_terminal_or_read_from_standard_input()
    {
        var result = await RunAsync(Shell("cat; (: </dev/tty) 2>/dev/null && echo has-terminal; echo end"));

        Assert.That(result.Tail, Is.EqualTo(new[] { "end" }));
    }

    [Test]
    public async Task Captured_output_is_data_and_is_not_logged()
    {
        var result = await RunAsync(Shell("head -c 300000 /dev/zero | tr '\\0' x; echo note >&2") with { Capture = true, LogFile = _folder.At("run.log") });

        Assert.That(result.Output, Has.Length.EqualTo(300_000));
        Assert.That(_log, Is.EqualTo(new[] { "note" }));
        Assert.That(File.ReadAllText(_folder.At("run.log")), Is.EqualTo("note\n"));
    }
}
