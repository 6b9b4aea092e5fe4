using System.Text.Json.Nodes;

namespace Seidra.Journal.Tests;

public class TornLineTests
{
    [Test]
    public void A_last_line_cut_anywhere_is_recovered([Values] bool anchored)
    {
        using var state = new StateDirectory().WithHistory();
        var whole = state.Bytes;
        var kept = whole[..^(state.Lines[^1].Length + 1)];
        var anchor = File.ReadAllBytes(state.Head);
        for (var cut = kept.Length + 1; cut < whole.Length; cut++)
        {
            foreach (var copy in state.TornCopies)
                File.Delete(copy);
            File.WriteAllBytes(state.Journal, whole[..cut]);
            // The anchor is written after the line: after a kill it is one behind, after a lying disk it is not.
            File.WriteAllBytes(state.Head, anchored ? anchor : []);

            using var journal = state.Open();

            var note = journal.Snapshot.Entries[^1];
            Assert.Multiple(() =>
            {
                Assert.That(note.Kind, Is.EqualTo(EntryKind.Recovered));
                Assert.That((int)note.Data["bytes"]!, Is.EqualTo(cut - kept.Length));
                Assert.That((string)note.Data["file"]!, Is.EqualTo("journal.torn-1"));
                Assert.That(File.ReadAllBytes(state.TornCopies.Single()), Is.EqualTo(whole[kept.Length..cut]));
                Assert.That(state.Bytes[..kept.Length], Is.EqualTo(kept));
                Assert.That(state.Read().Entries, Has.Count.EqualTo(7));
            });
        }
    }

    [Test]
    public void Reading_leaves_a_torn_line_out_and_changes_nothing()
    {
        using var state = new StateDirectory().WithHistory();
        var torn = state.Bytes[..^10];
        File.WriteAllBytes(state.Journal, torn);

        Assert.Multiple(() =>
        {
            Assert.That(state.Read().Entries, Has.Count.EqualTo(6));
            Assert.That(state.Bytes, Is.EqualTo(torn));
            Assert.That(state.TornCopies, Is.Empty);
        });
    }

    [Test]
    public void A_torn_first_line_leaves_a_new_journal()
    {
        using var state = new StateDirectory();
        Directory.CreateDirectory(state.Path);
        File.WriteAllText(state.Journal, "{\"seq\":1,\"at\":");

        using var journal = state.Open();
        Assert.That(journal.Snapshot.Entries.Select(e => e.Kind), Is.EqualTo(new[] { EntryKind.Created, EntryKind.Recovered }));
    }

    [Test]
    public void Zeros_that_a_power_cut_left_are_a_torn_line()
    {
        using var state = new StateDirectory().WithHistory();
        File.AppendAllBytes(state.Journal, new byte[300]);

        using var journal = state.Open();
        Assert.That(journal.Snapshot.Entries[^1].Kind, Is.EqualTo(EntryKind.Recovered));
    }

    [Test]
    public void Each_torn_line_keeps_its_own_copy_and_work_goes_on()
    {
        using var state = new StateDirectory().WithHistory();
        for (var i = 1; i <= 3; i++)
        {
            File.AppendAllText(state.Journal, "torn " + i);
            using var journal = state.Open();
            journal.Fact("after", JsonValue.Create(i));
        }

        Assert.Multiple(() =>
        {
            Assert.That(state.TornCopies.Select(File.ReadAllText), Is.EqualTo(new[] { "torn 1", "torn 2", "torn 3" }));
            Assert.That((int)state.Read().Facts["after"], Is.EqualTo(3));
        });
    }

    [Test]
    public void Killed_in_mid_recovery_the_next_run_recovers()
    {
        using var state = new StateDirectory().WithHistory();
        var whole = state.Bytes;
        var kept = whole[..^(state.Lines[^1].Length + 1)];
        File.WriteAllBytes(state.Journal, whole[..^3]);
        using (state.Open())
        {
            // What stands on disk between the cut and the note about it.
            File.WriteAllBytes(state.Journal, kept);
        }
        var head = System.Security.Cryptography.SHA256.HashData(kept.AsSpan()[(kept.AsSpan()[..^1].LastIndexOf((byte)'\n') + 1)..^1]);
        File.WriteAllText(state.Head, $"{6:D20} {Convert.ToHexStringLower(head)}\n");

        using var journal = state.Open();
        Assert.That(journal.Snapshot.Entries, Has.Count.EqualTo(6));
    }
}
