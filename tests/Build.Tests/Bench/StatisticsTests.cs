using Seidra.Cutover.Bench;

namespace Seidra.Cutover.Tests;

/// <summary>Medians and percentiles.</summary>
[TestFixture]
public sealed class StatisticsTests
{
    [TestCase(new[] { 3.0 }, 3)]
    [TestCase(new[] { 9.0, 1.0, 2.0 }, 2)]
    [TestCase(new[] { 4.0, 1.0, 100.0, 2.0 }, 3)]
    public void The_median_is_the_middle_or_the_mean_of_the_two_in_the_middle(double[] values, double expected) =>
        Assert.That(Statistics.Median(values), Is.EqualTo(expected));

    [TestCase(50, 5)]
    [TestCase(95, 10)]
    [TestCase(90, 9)]
    [TestCase(1, 1)]
    public void A_percentile_is_a_value_that_was_seen(double percent, double expected) =>
        Assert.That(Statistics.Percentile(Enumerable.Range(1, 10).Reverse().Select(value => (double)value), percent), Is.EqualTo(expected));

    [Test]
    public void Nothing_measured_is_an_error_and_no_zero() => Assert.That(() => Statistics.Median([]), Throws.InvalidOperationException);

    [Test]
    public void Costs_have_their_medians_figure_by_figure_and_add_up_but_for_memory()
    {
        Cost[] runs = [new(1, 30, 5), new(2, 10, 6), new(9, 20, 4)];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Cost.Median(runs), Is.EqualTo(new Cost(2, 20, 5)));
            Assert.That(runs[0].Then(runs[1]), Is.EqualTo(new Cost(3, 40, 6)));
        }
    }
}
