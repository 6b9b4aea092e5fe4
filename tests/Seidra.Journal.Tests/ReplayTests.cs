using System.Text.Json;
using System.Text.Json.Nodes;

namespace Seidra.Journal.Tests;

public class ReplayTests
{
    private const string Step = "MigrateDatabase";
    private static readonly string Inputs = new('b', 64);

    private StateDirectory _state = null!;
    private MigrationJournal _journal = null!;

    [SetUp]
    public void Open()
    {
        _state = new StateDirectory();
        _journal = _state.Open();
    }

    [TearDown]
    public void Close()
    {
        _journal.Dispose();
        _state.Dispose();
    }

    [Test]
    public void A_new_journal_is_bound_to_its_instance_and_knows_nothing_else()
    {
        Assert.Multiple(() =>
        {
            Assert.That(_journal.Snapshot.Instance, Is.EqualTo("one"));
            Assert.That(_journal.Snapshot.Steps, Is.Empty);
            Assert.That(_journal.Snapshot.Entries, Has.Count.EqualTo(1));
            Assert.That(_journal.Snapshot.Entries[0].Kind, Is.EqualTo(EntryKind.Created));
        });
    }

    [Test]
    public void A_started_step_runs()
    {
        _journal.StepStarted(Step, Inputs);

        var state = _journal.Snapshot.Steps[Step];
        Assert.Multiple(() =>
        {
            Assert.That(state.Status, Is.EqualTo(StepStatus.Running));
            Assert.That(state.Inputs, Is.EqualTo(Inputs));
            Assert.That(state.Attempts, Is.EqualTo(1));
            Assert.That(state.StartedAt, Is.Not.Null);
            Assert.That(state.EndedAt, Is.Null);
        });
    }

    [Test]
    public void A_passed_step_holds_its_evidence_and_its_undo()
    {
        _journal.StepStarted(Step, Inputs);
        _journal.UndoRecorded(Step, Undo("drop"));
        _journal.StepPassed(Step, new Evidence(7, new JsonObject { ["rows"] = 7 }, "bulk"), TimeSpan.FromMilliseconds(1234.5));

        var state = _journal.Snapshot.Steps[Step];
        Assert.Multiple(() =>
        {
            Assert.That(state.Status, Is.EqualTo(StepStatus.Passed));
            Assert.That(state.Evidence!.Checked, Is.EqualTo(7));
            Assert.That((int)state.Evidence.Figures["rows"]!, Is.EqualTo(7));
            Assert.That(state.Evidence.Variant, Is.EqualTo("bulk"));
            Assert.That(state.Undo!.Kind, Is.EqualTo("drop"));
            Assert.That(state.Duration, Is.EqualTo(TimeSpan.FromMilliseconds(1234.5)));
            Assert.That(state.EndedAt, Is.Not.Null);
        });
    }

    [Test]
    public void Evidence_that_compared_nothing_never_passes([Values(0, -1)] long compared)
    {
        _journal.StepStarted(Step, Inputs);

        Assert.That(() => _journal.StepPassed(Step, new Evidence(compared, []), TimeSpan.Zero), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(_journal.Snapshot.Steps[Step].Status, Is.EqualTo(StepStatus.Running));
    }

    [Test]
    public void A_step_that_did_not_start_cannot_act_or_pass()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => _journal.UndoRecorded(Step, Undo("drop")), Throws.InvalidOperationException);
            Assert.That(() => _journal.StepPassed(Step, new Evidence(1, []), TimeSpan.Zero), Throws.InvalidOperationException);
            Assert.That(() => _journal.StepInconclusive(Step, new Evidence(0, []), TimeSpan.Zero), Throws.InvalidOperationException);
            Assert.That(_journal.Snapshot.Entries, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void A_failed_step_keeps_its_undo_and_tells_its_error()
    {
        _journal.StepStarted(Step, Inputs);
        _journal.UndoRecorded(Step, Undo("drop"));
        _journal.StepFailed(Step, "expected 7 rows, found 6", TimeSpan.FromSeconds(2), 1);

        var state = _journal.Snapshot.Steps[Step];
        Assert.Multiple(() =>
        {
            Assert.That(state.Status, Is.EqualTo(StepStatus.Failed));
            Assert.That(state.Error, Is.EqualTo("expected 7 rows, found 6"));
            Assert.That(state.Undo!.Kind, Is.EqualTo("drop"));
            Assert.That((int)_journal.Snapshot.Entries[^1].Data["exitCode"]!, Is.EqualTo(1));
        });
    }

    [Test]
    public void An_attempt_after_a_cut_one_keeps_the_undo_of_both()
    {
        _journal.StepStarted(Step, Inputs);
        _journal.UndoRecorded(Step, Undo("first"));
        // The process dies here; the next run begins the step again.
        _journal.StepStarted(Step, Inputs);
        Assert.That(_journal.Snapshot.Steps[Step].Undo!.Kind, Is.EqualTo("first"));
        _journal.UndoRecorded(Step, Undo("second"));

        var state = _journal.Snapshot.Steps[Step];
        Assert.Multiple(() =>
        {
            Assert.That(state.Attempts, Is.EqualTo(2));
            Assert.That(state.Undo!.Kind, Is.EqualTo("second"));
            Assert.That(state.Undos.Select(u => u.Kind), Is.EqualTo(new[] { "first", "second" }));
        });
    }

    [Test]
    public void A_new_attempt_forgets_how_the_last_one_ended()
    {
        _journal.StepStarted(Step, Inputs);
        _journal.StepFailed(Step, "broken", TimeSpan.FromSeconds(2), 1);
        _journal.StepStarted(Step, new string('c', 64));

        Assert.That(_journal.Snapshot.Steps[Step], Is.EqualTo(_journal.Snapshot.Steps[Step] with
        {
            Status = StepStatus.Running,
            Error = null,
            EndedAt = null,
            Duration = TimeSpan.Zero,
            Inputs = new string('c', 64),
            Attempts = 2,
        }));
    }

    [Test]
    public void An_undone_step_has_nothing_left_to_undo()
    {
        _journal.StepStarted(Step, Inputs);
        _journal.UndoRecorded(Step, Undo("drop"));
        _journal.StepUndone(Step, "dropped");

        var state = _journal.Snapshot.Steps[Step];
        Assert.Multiple(() =>
        {
            Assert.That(state.Status, Is.EqualTo(StepStatus.Undone));
            Assert.That(state.Undo, Is.Null);
            Assert.That(state.Undos, Is.Empty);
            Assert.That(state.Reason, Is.EqualTo("dropped"));
        });
    }

    [Test]
    public void Inconclusive_and_pending_are_told_with_their_ground()
    {
        _journal.StepStarted(Step, Inputs);
        _journal.StepInconclusive(Step, new Evidence(0, []), TimeSpan.FromSeconds(1));
        _journal.StepPending("PublishWorkflows", "notConfigured.workflows");

        Assert.Multiple(() =>
        {
            Assert.That(_journal.Snapshot.Steps[Step].Status, Is.EqualTo(StepStatus.Inconclusive));
            Assert.That(_journal.Snapshot.Steps[Step].Evidence!.Checked, Is.Zero);
            Assert.That(_journal.Snapshot.Steps["PublishWorkflows"].Status, Is.EqualTo(StepStatus.Pending));
            Assert.That(_journal.Snapshot.Steps["PublishWorkflows"].Reason, Is.EqualTo("notConfigured.workflows"));
        });
    }

    [Test]
    public void A_run_that_was_killed_has_no_end()
    {
        _journal.RunStarted(Run("killed"));
        _journal.RunStarted(Run("ended"));
        _journal.RunEnded(3, "a gate said no");

        Assert.Multiple(() =>
        {
            Assert.That(_journal.Snapshot.Runs.Select(r => r.Id), Is.EqualTo(new[] { "killed", "ended" }));
            Assert.That(_journal.Snapshot.Runs[0].EndedAt, Is.Null);
            Assert.That(_journal.Snapshot.Runs[1].ExitCode, Is.EqualTo(3));
            Assert.That(_journal.Snapshot.Runs[1].EndedAt, Is.Not.Null);
        });
    }

    [Test]
    public void The_last_value_of_a_fact_counts_and_is_a_copy()
    {
        var value = new JsonObject { ["pauseMs"] = 1 };
        _journal.Fact("freeze", value);
        value["pauseMs"] = 99;
        Assert.That((int)_journal.Snapshot.Facts["freeze"]["pauseMs"]!, Is.EqualTo(1));

        _journal.Fact("freeze", JsonValue.Create(2));
        Assert.That((int)_journal.Snapshot.Facts["freeze"], Is.EqualTo(2));
    }

    [Test]
    public void A_snapshot_does_not_change_when_the_journal_goes_on()
    {
        _journal.StepStarted(Step, Inputs);
        var before = _journal.Snapshot;
        _journal.StepFailed(Step, "later", TimeSpan.Zero, 1);

        Assert.Multiple(() =>
        {
            Assert.That(before.Steps[Step].Status, Is.EqualTo(StepStatus.Running));
            Assert.That(before.Entries, Has.Count.EqualTo(2));
            Assert.That(_journal.Snapshot.Entries, Has.Count.EqualTo(3));
        });
    }

    [Test]
    public void Reading_from_disk_gives_the_very_state_that_the_writer_had()
    {
        _journal.RunStarted(Run("one"));
        _journal.StepStarted(Step, Inputs);
        _journal.UndoRecorded(Step, Undo("drop"));
        _journal.StepPassed(Step, new Evidence(long.MaxValue, new JsonObject { ["percent"] = 85.125, ["é"] = "ü" }), TimeSpan.FromTicks(12_345_670));
        _journal.StepPending("PublishWorkflows", "notConfigured.workflows");
        _journal.Fact("list", new JsonArray(1, "two", null));
        _journal.RunEnded(0, "done");

        Assert.That(Text(_state.Read()), Is.EqualTo(Text(_journal.Snapshot)));
    }

    [Test]
    public void Hostile_texts_come_back_as_they_were_and_stay_on_their_line(
        [Values("line\nbreak\r\n", "nul\0", "escape\u001b[2J", "emoji 🎭 é", "quote\"backslash\\", "\u2028\u2029")] string text)
    {
        _journal.StepStarted(Step, Inputs);
        _journal.StepFailed(Step, text, TimeSpan.Zero, 1);

        Assert.Multiple(() =>
        {
            Assert.That(_state.Read().Steps[Step].Error, Is.EqualTo(text));
            Assert.That(_state.Lines, Has.Length.EqualTo(3));
            Assert.That(_state.Bytes.Where(b => b < 0x20 && b != '\n'), Is.Empty, "nothing that a terminal would obey");
        });
    }

    [Test]
    public void Half_a_surrogate_pair_does_not_break_the_journal()
    {
        _journal.StepStarted(Step, Inputs);
        _journal.StepFailed(Step, "half \ud83c pair", TimeSpan.Zero, 1);

        Assert.That(_state.Read().Steps[Step].Error, Is.EqualTo("half \ufffd pair"));
    }

    private static UndoRecord Undo(string kind) => new(kind, new JsonObject { ["what"] = kind });

    private static RunInfo Run(string id) => new(id, "Cutover", "embedded", "0.1.0", "host", 42, "someone", DateTimeOffset.UnixEpoch);

    private static string Text(JournalSnapshot snapshot) => JsonSerializer.Serialize(snapshot);
}
