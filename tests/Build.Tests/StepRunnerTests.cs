using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Journal;

namespace Seidra.Cutover.Tests;

/// <summary>The rules that all steps share, on a real journal.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class StepRunnerTests : IDisposable
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("seidra-steps-");
    private readonly MigrationJournal _journal;
    private readonly FakeFreeze _freeze = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly StepRunner _runner;
    private int _acted;

    public StepRunnerTests()
    {
        _journal = MigrationJournal.Open(_state.FullName, "test");
        _runner = new StepRunner(_journal, new SilentConsole(), _freeze, _stop.Token);
    }

    public void Dispose()
    {
        _journal.Dispose();
        _stop.Dispose();
        _state.Delete(recursive: true);
    }

    [Test]
    public async Task A_step_that_is_done_and_holds_is_not_done_again()
    {
        await _runner.RunAsync(Step());
        await _runner.RunAsync(Step());

        Assert.That(_acted, Is.EqualTo(1));
    }

    [Test]
    public async Task Other_inputs_make_an_earlier_success_worthless()
    {
        await _runner.RunAsync(Step(inputs: new { commit = "a" }));
        await _runner.RunAsync(Step(inputs: new { commit = "b" }));

        Assert.That(_acted, Is.EqualTo(2));
    }

    [Test]
    public async Task A_success_that_no_longer_holds_is_done_again()
    {
        await _runner.RunAsync(Step(holds: false));
        await _runner.RunAsync(Step(holds: false));

        Assert.That(_acted, Is.EqualTo(2));
    }

    [Test]
    public void A_gate_names_what_is_missing_and_ends_with_3()
    {
        var error = Assert.ThrowsAsync<StepException>(() => _runner.RunAsync(Step(requires: ["BackupDatabase"])));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error!.ExitCode, Is.EqualTo(ExitCodes.GateRefused));
            Assert.That(error.Message, Does.Contain("BackupDatabase is not yet run").And.Contain("--target=BackupDatabase"));
            Assert.That(_acted, Is.Zero);
            Assert.That(_journal.Snapshot.Steps, Is.Empty, "a refused gate leaves no trace of a start");
        }
    }

    [Test]
    public void Comparing_nothing_is_inconclusive_and_ends_with_5()
    {
        var error = Assert.ThrowsAsync<StepException>(() => _runner.RunAsync(Step(outcome: Outcome.Verified(0, new { rows = 0 }))));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error!.ExitCode, Is.EqualTo(ExitCodes.Inconclusive));
            Assert.That(_journal.Snapshot.Steps["Probe"].Status, Is.EqualTo(StepStatus.Inconclusive));
        }
    }

    [Test]
    public async Task The_undo_is_on_disk_before_the_step_acts()
    {
        UndoRecord? seen = null;
        var step = Step(undo: Undos.DeleteFile("x")) with
        {
            Act = () =>
            {
                seen = MigrationJournal.Read(_state.FullName).Steps["Probe"].Undo;
                return Task.FromResult(Outcome.Verified(1, new { }));
            },
        };

        await _runner.RunAsync(step);

        Assert.That(seen?.Kind, Is.EqualTo(Undos.File));
    }

    [Test]
    public void A_failure_inside_the_freeze_releases_it_and_ends_with_4()
    {
        _freeze.IsHeld = true;

        var error = Assert.ThrowsAsync<StepException>(() => _runner.RunAsync(Step() with { Act = () => throw new IOException("disk full") }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error!.ExitCode, Is.EqualTo(ExitCodes.RolledBack));
            Assert.That(error.Message, Does.Contain("disk full").And.Contain("Classic serves again"));
            Assert.That(_freeze.IsHeld, Is.False);
            Assert.That(_journal.Snapshot.Steps["Probe"].Status, Is.EqualTo(StepStatus.Failed));
        }
    }

    [Test]
    public void If_the_release_fails_too_both_errors_are_told()
    {
        _freeze.IsHeld = true;
        _freeze.ReleaseError = new IOException("no route");

        var error = Assert.ThrowsAsync<StepException>(() => _runner.RunAsync(Step() with { Act = () => throw new IOException("disk full") }));

        Assert.That(error!.Message, Does.Contain("disk full").And.Contain("no route"));
    }

    [Test]
    public async Task A_pending_step_is_never_green_and_does_not_stop_those_after_it()
    {
        await _runner.RunAsync(Step(outcome: Outcome.Pending("notConfigured.workflows")));
        await _runner.RunAsync(Step(requires: ["Probe"]) with { Name = "Next" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_journal.Snapshot.Steps["Probe"].Status, Is.EqualTo(StepStatus.Pending));
            Assert.That(_journal.Snapshot.Steps["Next"].Status, Is.EqualTo(StepStatus.Passed));
        }
    }

    [Test]
    public void A_cancelled_step_is_journaled_and_can_be_run_again()
    {
        var step = Step() with
        {
            Act = () =>
            {
                _stop.Cancel();
                throw new OperationCanceledException();
            },
        };

        Assert.That(() => _runner.RunAsync(step), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_journal.Snapshot.Steps["Probe"].Status, Is.EqualTo(StepStatus.Failed));
    }

    private StepDefinition Step(
        object? inputs = null, bool holds = true, string[]? requires = null, Outcome? outcome = null, UndoRecord? undo = null) => new(
        "Probe",
        requires ?? [],
        () => inputs ?? new { },
        () => undo,
        _ => Task.FromResult(holds),
        () =>
        {
            _acted++;
            return Task.FromResult(outcome ?? Outcome.Verified(1, new { rows = 1 }));
        });

    private sealed class FakeFreeze : IWriteFreezeWindow
    {
        public bool IsHeld { get; set; }

        public bool HasExpired => false;

        public Exception? ReleaseError { get; set; }

        public Task ReleaseAsync()
        {
            IsHeld = false;
            return ReleaseError is null ? Task.CompletedTask : Task.FromException(ReleaseError);
        }
    }

    private sealed class SilentConsole : IRunConsole
    {
        public void Line(string text)
        {
        }

        public void Progress(string what, long done, long total)
        {
        }

        public void Reused(string step)
        {
        }

        public void Passed(string step, Evidence evidence, TimeSpan duration)
        {
        }

        public void Pending(string step, string reason)
        {
        }
    }
}
