namespace Seidra.Quality.Tests;

public sealed class GateTests
{
    private static CoverageResult Coverage(long covered, long valid) => new(covered, valid, CoverageFormat.Lcov, "reports/lcov.info", DateTimeOffset.UnixEpoch);

    private static TestResult Tests(long passed, long failed, long skipped) =>
        new(passed + failed + skipped, passed, failed, skipped, 0, [.. Enumerable.Range(1, (int)failed).Select(i => $"t{i}")], [], ["junit.xml"]);

    [TestCase(85, 100, 85, GateOutcome.Passed)]
    [TestCase(84, 100, 85, GateOutcome.Failed)]
    [TestCase(84_999, 100_000, 85, GateOutcome.Failed)]
    [TestCase(85_000, 100_000, 85, GateOutcome.Passed)]
    [TestCase(0, 0, 85, GateOutcome.Inconclusive)]
    [TestCase(0, 0, 0, GateOutcome.Inconclusive)]
    [TestCase(0, 10, 0, GateOutcome.Passed)]
    [TestCase(10, 10, 100, GateOutcome.Passed)]
    public void The_gate_counts_lines(long covered, long valid, int minimum, GateOutcome expected)
    {
        Assert.That(CoverageGate.Judge(Coverage(covered, valid), minimum).Outcome, Is.EqualTo(expected));
    }

    [Test]
    public void A_failing_gate_says_how_many_lines_are_missing_and_where_to_look()
    {
        var verdict = CoverageGate.Judge(Coverage(842, 1000), 85);

        Assert.That(verdict.Message, Is.EqualTo("84.20 % of lines (842 of 1000), minimum 85 %: 8 more lines must be covered; see reports/lcov.info"));
    }

    [TestCase(1, 0, 0, GateOutcome.Passed)]
    [TestCase(5, 1, 0, GateOutcome.Failed)]
    [TestCase(0, 0, 0, GateOutcome.Inconclusive)]
    [TestCase(0, 0, 7, GateOutcome.Inconclusive)]
    [TestCase(1, 0, 7, GateOutcome.Passed)]
    public void Tests_that_never_ran_are_not_green(long passed, long failed, long skipped, GateOutcome expected)
    {
        Assert.That(TestGate.Judge(Tests(passed, failed, skipped)).Outcome, Is.EqualTo(expected));
    }

    [Test]
    public void Failures_are_named_ten_at_most()
    {
        Assert.That(TestGate.Judge(Tests(1, 12, 0)).Message, Does.Contain("t1; t2").And.Contain("t10 and 2 more").And.Not.Contain("t11"));
    }

    [TestCase(-1)]
    [TestCase(101)]
    public void A_minimum_outside_0_to_100_is_no_minimum(int minimum)
    {
        Assert.That(() => CoverageGate.Judge(Coverage(1, 1), minimum), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}
