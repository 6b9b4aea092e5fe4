namespace Seidra.Journal.Tests;

public class InstanceTests
{
    [Test]
    public void The_journal_of_another_instance_is_refused_by_both_names_and_left_alone()
    {
        using var state = new StateDirectory().WithHistory();
        File.AppendAllText(state.Journal, "torn");
        var before = state.Bytes;

        var error = Assert.Throws<JournalInstanceException>(() => MigrationJournal.Open(state.Path, "two").Dispose());
        Assert.Multiple(() =>
        {
            Assert.That(error.Expected, Is.EqualTo("two"));
            Assert.That(error.Found, Is.EqualTo("one"));
            Assert.That(error.Message, Does.Contain("'one'").And.Contain("'two'").And.Contain("--state=DIR"));
            Assert.That(state.Bytes, Is.EqualTo(before), "not even a torn line is touched");
        });
    }

    [Test]
    public void Names_that_differ_in_case_are_different_instances()
    {
        using var state = new StateDirectory().WithHistory();

        Assert.That(() => MigrationJournal.Open(state.Path, "One").Dispose(), Throws.InstanceOf<JournalInstanceException>());
    }

    [Test]
    public void A_journal_written_by_the_first_version_replays()
    {
        var snapshot = MigrationJournal.Read(Path.Combine(TestContext.CurrentContext.TestDirectory, "Data", "v1"));

        Assert.Multiple(() =>
        {
            Assert.That(snapshot.Instance, Is.EqualTo("one"));
            Assert.That(snapshot.Steps["BackupDatabase"].Status, Is.EqualTo(StepStatus.Passed));
            Assert.That(snapshot.Steps["BackupDatabase"].Undo!.Kind, Is.EqualTo("backup.delete"));
            Assert.That((int)snapshot.Facts["probe"]["requests"]!, Is.EqualTo(3));
            Assert.That(snapshot.Runs.Single().ExitCode, Is.Zero);
        });
    }
}
