using System.Diagnostics;
using Cake.Frosting.Tests.Support;

namespace Cake.Frosting.Tests;

[Parallelizable(ParallelScope.Children)]
[Platform("Unix")]
public sealed class SignalTests
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(5);

    [TestCase("HeedsToken", "TERM")]
    [TestCase("HeedsToken", "INT")]
    [TestCase("WaitsForChild", "TERM")]
    [TestCase("WaitsForChild", "INT")]
    public void A_signal_ends_the_run_in_order(string target, string signal)
    {
        using var program = SampleProgram.StartWithTestTasks($"--target={target}");
        var child = ChildOf(program);
        Assert.That(IsAlive(child), Is.True);

        program.Signal(signal);
        var outcome = program.Wait();

        Assert.That(outcome.Out, Does.Match($"(?s)finally runs.*task-teardown {target} .*TEARDOWN ok=False.*{target} +[0-9:.]+ +Failed"));
        Assert.That(outcome.Error, Does.StartWith($"SIG{signal}: ending the run in order"));
        Assert.That(outcome.ExitCode, Is.EqualTo(130));
        Assert.That(GoneWithin(child, _soon), Is.True, "the child process is gone");
    }

    [Test]
    public void A_second_signal_ends_everything_at_once()
    {
        using var program = SampleProgram.StartWithTestTasks("--target=HeedsNothing");
        var child = ChildOf(program);
        program.Signal("TERM");
        Thread.Sleep(300);
        var watch = Stopwatch.StartNew();
        program.Signal("TERM");
        Assert.That(program.Wait().ExitCode, Is.EqualTo(130));
        Assert.That(watch.Elapsed, Is.LessThan(_soon));
        Assert.That(GoneWithin(child, _soon), Is.True, "the child process is gone");
    }

    [Test]
    public void A_task_that_does_not_end_is_ended_after_the_grace()
    {
        using var program = SampleProgram.StartWithTestTasks("--target=HeedsNothing");
        var child = ChildOf(program);
        var watch = Stopwatch.StartNew();
        program.Signal("TERM");
        var outcome = program.Wait();
        Assert.That(watch.Elapsed, Is.GreaterThan(TimeSpan.FromSeconds(29)).And.LessThan(TimeSpan.FromSeconds(40)));
        Assert.That(outcome.Error, Does.Contain("did not end within 30 s"));
        Assert.That(outcome.ExitCode, Is.EqualTo(130));
        Assert.That(GoneWithin(child, _soon), Is.True, "the child process is gone");
    }

    [Test]
    public void A_service_in_a_session_of_its_own_lives_on()
    {
        using var program = SampleProgram.StartWithTestTasks("--target=StartsService");
        var service = ChildOf(program);
        program.Signal("TERM");
        Assert.That(program.Wait().ExitCode, Is.EqualTo(130));
        Assert.That(IsAlive(service), Is.True);
        Process.GetProcessById(service).Kill();
    }

    [TestCase("AfterCancel")]
    [TestCase("AfterEndsWell")]
    public void A_cancelled_run_goes_on_to_no_other_task(string target)
    {
        using var program = SampleProgram.StartWithTestTasks($"--target={target}");
        ChildOf(program);
        program.Signal("TERM");
        var outcome = program.Wait();
        Assert.That(outcome.Out, Does.Not.Contain("must not run").And.Contain("TEARDOWN ok=False"));
        Assert.That(outcome.Error, Does.Contain("Error: Cancelled: "));
        Assert.That(outcome.ExitCode, Is.EqualTo(130));
    }

    [Test]
    public void A_run_that_was_done_all_the_same_is_no_failure()
    {
        using var program = SampleProgram.StartWithTestTasks("--target=EndsWell");
        ChildOf(program);
        program.Signal("TERM");
        Assert.That(program.Wait().ExitCode, Is.Zero);
    }

    [Test]
    public void ContinueOnError_and_OnError_do_not_swallow_a_cancellation()
    {
        using var program = SampleProgram.StartWithTestTasks("--target=HandlesCancel");
        ChildOf(program);
        program.Signal("INT");
        var outcome = program.Wait();
        Assert.That(outcome.Out, Does.Contain("OnError sees TaskCanceledException").And.Contain("finally runs"));
        Assert.That(outcome.ExitCode, Is.EqualTo(130));
    }

    private static int ChildOf(SampleProgram program) => int.Parse(program.WaitForLine("child ").Split(' ')[1], null);

    private static bool IsAlive(int id)
    {
        // A zombie that no one has collected yet is not alive.
        var stat = $"/proc/{id}/stat";
        return File.Exists(stat) && !File.ReadAllText(stat).Contains(") Z ", StringComparison.Ordinal);
    }

    private static bool GoneWithin(int id, TimeSpan limit) => SpinWait.SpinUntil(() => Wait(50) && !IsAlive(id), limit);

    private static bool Wait(int milliseconds)
    {
        Thread.Sleep(milliseconds);
        return true;
    }
}
