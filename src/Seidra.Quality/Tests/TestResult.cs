namespace Seidra.Quality;

/// <summary>What a test report says.</summary>
/// <param name="Tests">All tests listed; Passed + Failed + Skipped.</param>
/// <param name="Passed">Tests that passed, flaky ones included.</param>
/// <param name="Failed">Tests with a failure or an error.</param>
/// <param name="Skipped">Tests that did not run.</param>
/// <param name="Flaky">Tests that passed only after a failed attempt (counted in Passed too).</param>
/// <param name="Failures">Names of the failed tests, in the report's order.</param>
/// <param name="CaseNames">Names of the tests that passed, for journeys that are required by name.</param>
/// <param name="Paths">The files read.</param>
public sealed record TestResult(
    long Tests,
    long Passed,
    long Failed,
    long Skipped,
    long Flaky,
    IReadOnlyList<string> Failures,
    IReadOnlyList<string> CaseNames,
    IReadOnlyList<string> Paths)
{
    /// <summary>Adds several reports up to one.</summary>
    /// <param name="results">The reports; none gives a result of 0 tests.</param>
    public static TestResult Combine(IEnumerable<TestResult> results)
    {
        var all = results.ToList();
        return new TestResult(
            all.Sum(r => r.Tests),
            all.Sum(r => r.Passed),
            all.Sum(r => r.Failed),
            all.Sum(r => r.Skipped),
            all.Sum(r => r.Flaky),
            [.. all.SelectMany(r => r.Failures)],
            [.. all.SelectMany(r => r.CaseNames)],
            [.. all.SelectMany(r => r.Paths)]);
    }
}
