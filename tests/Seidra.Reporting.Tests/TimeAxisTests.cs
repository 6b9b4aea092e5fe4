using Seidra.Reporting.Html;

namespace Seidra.Reporting.Tests;

/// <summary>Where instants lie on the timeline.</summary>
[TestFixture]
public sealed class TimeAxisTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    [Test]
    public void Work_is_spread_over_the_axis()
    {
        var axis = Axis((0, 60), (60, 100));

        Assert.That(new[] { 0, 30, 60, 100 }.Select(second => axis.Place(Start.AddSeconds(second))), Is.EqualTo(new[] { 0d, 30, 60, 100 }).Within(0.01));
        Assert.That(axis.Cuts, Is.Empty);
    }

    [Test]
    public void A_short_rest_stays_in_proportion()
    {
        var axis = Axis((0, 50), (55, 100));

        Assert.That(axis.Place(Start.AddSeconds(55)), Is.EqualTo(55).Within(0.01));
    }

    [Test]
    public void Days_between_two_runs_are_cut_to_a_sliver()
    {
        var axis = Axis((0, 50), (200_000, 200_050));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(axis.Cuts, Has.Count.EqualTo(1));
            Assert.That(axis.Place(Start.AddSeconds(50)), Is.EqualTo(49).Within(0.1));
            Assert.That(axis.Place(Start.AddSeconds(200_000)), Is.EqualTo(51).Within(0.1));
            Assert.That(axis.Place(Start.AddSeconds(200_050)), Is.EqualTo(100).Within(0.01));
        }
    }

    [Test]
    public void Work_that_overlaps_counts_once()
    {
        var axis = Axis((0, 80), (20, 40), (60, 100));

        Assert.That(axis.Place(Start.AddSeconds(80)), Is.EqualTo(80).Within(0.01));
    }

    [Test]
    public void Instants_outside_lie_at_the_ends()
    {
        var axis = Axis((10, 20));

        Assert.That(new[] { axis.Place(Start), axis.Place(Start.AddSeconds(99)) }, Is.EqualTo(new[] { 0d, 100 }).Within(0.01));
    }

    [Test]
    public void A_single_instant_has_a_place() => Assert.That(Axis((5, 5)).Place(Start.AddSeconds(5)), Is.InRange(0, 100));

    private static TimeAxis Axis(params (double From, double To)[] busy) =>
        new(busy.Select(span => (Start.AddSeconds(span.From), Start.AddSeconds(span.To))));
}
