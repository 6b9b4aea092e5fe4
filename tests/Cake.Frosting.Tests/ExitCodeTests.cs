using Cake.Frosting.Tests.Scenarios;
using Cake.Frosting.Tests.Support;

namespace Cake.Frosting.Tests;

[Parallelizable(ParallelScope.Children)]
public sealed class ExitCodeTests
{
    [TestCase("Ok", 0)]
    [TestCase("PlainError", 1)]
    [TestCase("DataExitCode", 3)]
    [TestCase("InnerExitCode", 4)]
    [TestCase("AggregateExitCode", 5)]
    [TestCase("RoundExitCode", 1)]
    [TestCase("Rethrows", 7)]
    [TestCase("HandlesAndContinues", 0)]
    public void The_exit_code_is_that_of_the_error(string target, int exitCode) =>
        Assert.That(InProcess.Run($"--target={target}").ExitCode, Is.EqualTo(exitCode));

    [Test]
    public void Each_error_of_an_aggregate_has_its_line() =>
        Assert.That(InProcess.Run("--target=AggregateExitCode").Error, Does.Contain("Error: first of two\nError: second of two\n"));

    [Test]
    public void A_finally_that_throws_does_not_hide_the_error()
    {
        var outcome = InProcess.Run("--target=FinallyHides");
        Assert.That(outcome.Error, Does.Contain("Error: the real error\nError: Finally of task 'FinallyHides': the clean-up error\n"));
        Assert.That(outcome.ExitCode, Is.EqualTo(9));
        Assert.That(outcome.Out, Does.Match("FinallyHides +[0-9:.]+ +Failed"));
    }

    [Test]
    public void A_finally_that_throws_alone_fails_the_run()
    {
        var outcome = InProcess.Run("--target=FinallyFails");
        Assert.That(outcome.Error, Does.Contain("Error: the clean-up error\n"));
        Assert.That(outcome.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void A_finally_that_throws_shows_the_error_that_was_swallowed() =>
        Assert.That(
            InProcess.Run("--target=ContinuesThenFinallyFails").Error,
            Does.Contain("Error: the clean-up error\nError: Task 'ContinuesThenFinallyFails': the swallowed error\n"));

    [Test]
    public void A_teardown_that_throws_leaves_the_report_and_fails_the_run()
    {
        var outcome = InProcess.Run(host => host.UseTeardown<ThrowingTeardown>(), "--target=Ok");
        Assert.That(outcome.Out, Does.Match("Ok +[0-9:.]+ +Succeeded").And.Match("Teardown +[0-9:.]+ +Failed"));
        Assert.That(outcome.Error, Is.EqualTo("Error: Teardown: teardown boom\n"));
        Assert.That(outcome.ExitCode, Is.EqualTo(8));
    }

    [Test]
    public void A_teardown_that_throws_does_not_hide_the_error()
    {
        var outcome = InProcess.Run(host => host.UseTeardown<ThrowingTeardown>(), "--target=DataExitCode");
        Assert.That(outcome.Error, Does.EndWith("Error: a gate says no\nError: Teardown: teardown boom\n"));
        Assert.That(outcome.ExitCode, Is.EqualTo(3));
    }

    [Test]
    public void A_setup_that_throws_runs_nothing_and_gives_its_code()
    {
        var outcome = InProcess.Run(host => host.UseSetup<ThrowingSetup>(), "--target=Ok");
        Assert.That(outcome.Out, Does.Not.Contain("ok runs"));
        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((6, "Error: setup boom\n")));
    }

    [Test]
    public void OnError_swallows_and_the_run_goes_on()
    {
        var outcome = SampleProgram.Run("--target=Handled");
        Assert.That(outcome.Out, Does.Contain("handled handled boom"));
        Assert.That(outcome.ExitCode, Is.Zero);
    }

    [Test]
    public void A_skipped_target_gives_its_reason() =>
        Assert.That(InProcess.Run("--target=ExplainsSkip").Error, Does.Contain("it is not Friday"));

    [Test]
    public void Diagnostic_verbosity_shows_where_it_happened()
    {
        Assert.That(InProcess.Run("--target=PlainError").Error, Does.Not.Contain(" at "));
        Assert.That(InProcess.Run("--target=PlainError", "-v", "diagnostic").Error, Does.Contain("System.InvalidOperationException: plain boom").And.Contain(" at "));
    }
}
