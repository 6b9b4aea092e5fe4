using System.Text.Json.Nodes;

namespace Seidra.Journal.Tests;

public class CrashTests
{
    [Test]
    public void Killed_in_the_middle_of_appends_nothing_acknowledged_is_lost_or_doubled([Range(1, 5)] int seed)
    {
        using var state = new StateDirectory();
        var random = new Random(seed);
        var acknowledged = -1;
        for (var run = 0; run < 3; run++)
        {
            using var child = Child.Start("append", state.Path);
            var stopAfter = acknowledged + random.Next(1, 120);
            while (acknowledged < stopAfter)
                acknowledged = int.Parse(child.Output.ReadLine()!);
            child.Kill();
            // What the child told before it died may still be in the pipe, its last line torn.
            while (child.Output.ReadLine() is { } line && int.TryParse(line, out var told) && told == acknowledged + 1)
                acknowledged = told;

            using var journal = state.Open();
            var names = journal.Snapshot.Entries.Where(e => e.Kind == EntryKind.Fact).Select(e => (string)e.Data["name"]!).ToList();
            Assert.Multiple(() =>
            {
                Assert.That(names, Is.EqualTo(Enumerable.Range(0, names.Count).Select(n => "n" + n)));
                Assert.That(names, Has.Count.GreaterThan(acknowledged));
            });
            acknowledged = names.Count - 1;
        }
    }

    [Test]
    public void A_reader_beside_the_writer_sees_a_whole_state_that_only_grows()
    {
        using var state = new StateDirectory();
        using var child = Child.Start("append", state.Path);
        child.Output.ReadLine();
        // A full pipe would stop the writer.
        var drained = child.Output.ReadToEndAsync();
        var seen = 0;
        for (var i = 0; i < 100; i++)
        {
            var snapshot = state.Read();
            Assert.That(snapshot.Entries, Has.Count.GreaterThanOrEqualTo(seen));
            Assert.That(snapshot.Instance, Is.EqualTo("one"));
            seen = snapshot.Entries.Count;
        }
        child.Kill();

        Assert.That(drained.Wait(TimeSpan.FromSeconds(10)));
        Assert.That(seen, Is.GreaterThan(1), "the writer did write meanwhile");
    }

    [Test]
    public void A_journal_of_thousands_of_lines_opens_and_reads_in_no_time()
    {
        using var state = new StateDirectory();
        using (var journal = state.Open())
            for (var i = 0; i < 1000; i++)
                journal.Fact("progress", new JsonObject { ["rows"] = i, ["text"] = new string('é', 500) });

        var clock = System.Diagnostics.Stopwatch.StartNew();
        var snapshot = state.Read();

        Assert.Multiple(() =>
        {
            Assert.That((int)snapshot.Facts["progress"]["rows"]!, Is.EqualTo(999));
            Assert.That(snapshot.Entries[500].Seq, Is.EqualTo(501));
            Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)));
        });
    }
}
