using System.Diagnostics;
using Seidra.Cutover.Bench;

namespace Seidra.Cutover.Tests;

/// <summary>What clients were told is written, compared with what is there; and how long they could not write.</summary>
[TestFixture]
public sealed class WriteAuditTests
{
    private static readonly Dictionary<string, double> Acknowledged = new() { ["a"] = 0, ["b"] = 0.5 };

    private static readonly FoundWrite A = new("a", 0, 1);
    private static readonly FoundWrite B = new("b", 0.5, 1);

    private static IEnumerable<TestCaseData> Cases =>
    [
        new TestCaseData(new object[] { A, B }, (0, 0, 0)).SetName("All there once"),
        new TestCaseData(new object[] { A }, (1, 0, 0)).SetName("One lost"),
        new TestCaseData(new object[] { A, B with { Pictures = 0 } }, (1, 0, 0)).SetName("Its picture lost"),
        new TestCaseData(new object[] { A, A, B }, (0, 1, 0)).SetName("One doubled"),
        new TestCaseData(new object[] { A, B with { Pictures = 2 } }, (0, 1, 0)).SetName("Its picture doubled"),
        new TestCaseData(new object[] { A, B with { Progress = 0 } }, (0, 0, 1)).SetName("A change lost"),
        new TestCaseData(new object[] { A, B, new FoundWrite("c", 0, 1) }, (0, 0, 1)).SetName("One that nobody was told of"),
    ];

    [TestCaseSource(nameof(Cases))]
    public void Every_acknowledged_write_is_looked_for(object[] found, (int Lost, int Doubled, int Wrong) expected)
    {
        var audit = WriteAudit.Compare(Acknowledged, found.Cast<FoundWrite>());

        Assert.That((audit.Acknowledged, audit.Lost, audit.Doubled, audit.Wrong), Is.EqualTo((2, expected.Lost, expected.Doubled, expected.Wrong)));
    }

    [Test]
    public void The_pause_is_the_longest_time_between_acknowledged_writes_that_reaches_into_the_freeze()
    {
        var journal = new WriteJournal();
        journal.Inserted("a", onUltimate: false);
        var from = Stopwatch.GetTimestamp();
        Thread.Sleep(30);
        var to = Stopwatch.GetTimestamp();
        journal.Inserted("b", onUltimate: true);
        var later = Stopwatch.GetTimestamp();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(journal.LongestGap(from, to), Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(30)), "it began before the freeze and ended after");
            Assert.That(journal.LongestGap(later, later), Is.EqualTo(TimeSpan.Zero));
            Assert.That(journal.HasAfter(to), Is.True);
            Assert.That(journal.HasAfter(later), Is.False);
            Assert.That((journal.Count, journal.OnUltimate), Is.EqualTo((2, 1)));
        }
    }
}
