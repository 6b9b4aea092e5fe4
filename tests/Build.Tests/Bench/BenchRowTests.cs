using Seidra.Cutover.Bench;

namespace Seidra.Cutover.Tests;

/// <summary>When a row holds, when it does not, and when nobody can tell.</summary>
[TestFixture]
public sealed class BenchRowTests
{
    private static readonly Ratio Bound = new(0.5, 0.25, 0.15);

    [TestCase(5, 2.5, 15, true, TestName = "On_the_bound_it_holds")]
    [TestCase(5.1, 2.5, 15, false, TestName = "Slower_it_does_not")]
    [TestCase(5, 2.6, 15, false, TestName = "With_more_CPU_it_does_not")]
    [TestCase(5, 2.5, 16, false, TestName = "With_more_memory_it_does_not")]
    public void Every_bound_counts(double wall, double cpu, double rss, bool holds)
    {
        var row = Row(new Cost(wall, cpu, rss), new Cost(10, 10, 100), Bound);

        Assert.That(row.Holds, Is.EqualTo(holds));
        Assert.That(row.Broken.Count(), Is.EqualTo(holds ? 0 : 1));
    }

    [Test]
    public void A_quotient_without_bound_is_shown_and_not_judged()
    {
        var row = Row(new Cost(1, 90, 900), new Cost(10, 10, 100), new Ratio(0.75));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(row.Holds, Is.True);
            Assert.That(row.Ratio, Is.EqualTo(new Ratio(0.1, 9, 9)));
        }
    }

    [Test]
    public void Without_its_peer_a_bound_is_not_judged() =>
        Assert.That(new BenchRow("row") { Ours = new Cost(1, 1, 1), Bound = Bound }.Holds, Is.Null);

    [Test]
    public void A_peer_that_took_no_time_cannot_be_divided_by_and_does_not_make_it_green() =>
        Assert.That(Row(new Cost(1, 1, 1), new Cost(0, 0, 0), Bound).Holds, Is.False);

    [Test]
    public void What_failed_does_not_hold() => Assert.That(new BenchRow("row") { Failed = true, Reason = "why" }.Holds, Is.False);

    [TestCase(200, 200, false, true)]
    [TestCase(201, 200, false, false)]
    [TestCase(10_000, 10_000, true, true)]
    [TestCase(9_999, 10_000, true, false)]
    [TestCase(double.NaN, 200, false, false)]
    [TestCase(double.NaN, 200, true, false)]
    public void A_figure_keeps_within_its_bound(double value, double bound, bool atLeast, bool holds)
    {
        var row = new BenchRow("row") { Figures = new Dictionary<string, Figure> { ["figure"] = new(value, "unit", bound, atLeast) } };

        Assert.That(row.Holds, Is.EqualTo(holds));
    }

    private static BenchRow Row(Cost ours, Cost peer, Ratio bound) =>
        new("row") { Ours = ours, Peer = new PeerCost("peer 1.0", "peer --fast", peer), Bound = bound };
}
