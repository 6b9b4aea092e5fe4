using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Seidra.Journal.Tests;

public class ChainTests
{
    [Test]
    public void Each_line_names_the_hash_of_the_line_before()
    {
        using var state = new StateDirectory().WithHistory();

        var prev = new string('0', 64);
        foreach (var (line, number) in state.Lines.Select((l, i) => (l, i + 1)))
        {
            var json = JsonNode.Parse(line)!;
            Assert.Multiple(() =>
            {
                Assert.That((string)json["prev"]!, Is.EqualTo(prev), $"line {number}");
                Assert.That((int)json["seq"]!, Is.EqualTo(number));
            });
            prev = Sha256(line);
        }
        Assert.That(state.Read().Head, Is.EqualTo(prev));
    }

    [Test]
    public void Each_line_ends_with_the_hash_of_what_stands_before_it()
    {
        using var state = new StateDirectory().WithHistory();

        foreach (var line in state.Lines)
            Assert.That((string)JsonNode.Parse(line)!["sum"]!, Is.EqualTo(Sha256(line[..line.LastIndexOf(",\"sum\"", StringComparison.Ordinal)])));
    }

    [Test]
    public void The_keys_of_a_line_are_those_that_other_programs_rely_on()
    {
        using var state = new StateDirectory().WithHistory();

        Assert.Multiple(() =>
        {
            Assert.That(Keys(state.Lines[0]), Is.EqualTo("seq at kind data prev sum"));
            Assert.That(Keys(state.Lines[2]), Is.EqualTo("seq at kind step data prev sum"));
            Assert.That((string)JsonNode.Parse(state.Lines[4])!["kind"]!, Is.EqualTo("step.passed"));
            Assert.That((string)JsonNode.Parse(state.Lines[0])!["data"]!["instance"]!, Is.EqualTo("one"));
            Assert.That((string)JsonNode.Parse(state.Lines[0])!["at"]!, Does.EndWith("Z"));
        });
    }

    [Test]
    public void Opening_again_writes_nothing()
    {
        using var state = new StateDirectory().WithHistory();
        var before = state.Bytes;
        using (var journal = state.Open())
            Assert.That(journal.Head, Is.EqualTo(state.Read().Head));

        Assert.That(state.Bytes, Is.EqualTo(before));
    }

    [Test]
    public void Time_stamps_are_those_of_the_given_clock()
    {
        using var state = new StateDirectory();
        using var journal = MigrationJournal.Open(state.Path, "one", new StoppedClock());

        Assert.That(journal.Snapshot.Entries[0].At, Is.EqualTo(StoppedClock.Now));
    }

    [Test]
    public void Threads_of_one_writer_do_not_mix_their_lines()
    {
        using var state = new StateDirectory();
        using (var journal = state.Open())
            Parallel.For(0, 200, i => journal.Fact($"fact-{i}", JsonValue.Create(i)));

        Assert.That(state.Read().Facts, Has.Count.EqualTo(200));
    }

    [Test]
    public void A_second_writer_is_noticed_before_it_does_harm()
    {
        using var state = new StateDirectory();
        using var first = state.Open();
        using var second = state.Open();
        first.Fact("mine", JsonValue.Create(1));

        Assert.That(() => second.Fact("theirs", JsonValue.Create(2)), Throws.InstanceOf<JournalException>().With.Message.Contains("somebody else"));
        Assert.That(state.Read().Facts.Keys, Is.EqualTo(new[] { "mine" }));
    }

    [Test]
    public void An_entry_beyond_measure_is_refused_and_the_journal_goes_on()
    {
        using var state = new StateDirectory();
        using var journal = state.Open();

        Assert.That(() => journal.Fact("big", JsonValue.Create(new string('x', 17 * 1024 * 1024))), Throws.InstanceOf<JournalException>().With.Message.Contains("bytes"));
        journal.Fact("small", JsonValue.Create(1));
        Assert.That(state.Read().Facts.Keys, Is.EqualTo(new[] { "small" }));
    }

    [Test]
    public void A_closed_journal_takes_nothing_more()
    {
        using var state = new StateDirectory();
        var journal = state.Open();
        journal.Dispose();

        Assert.That(() => journal.Fact("late", JsonValue.Create(1)), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void Where_there_is_no_journal_the_state_is_empty()
    {
        using var state = new StateDirectory();

        Assert.Multiple(() =>
        {
            Assert.That(state.Read().Instance, Is.Null);
            Assert.That(state.Read().Head, Is.EqualTo(JournalSnapshot.EmptyHead));
            Assert.That(Directory.Exists(state.Path), Is.False, "reading creates nothing");
        });
    }

    private static string Keys(string line) => string.Join(' ', JsonNode.Parse(line)!.AsObject().Select(p => p.Key));

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed class StoppedClock : TimeProvider
    {
        public static DateTimeOffset Now { get; } = new(2026, 3, 29, 2, 30, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
