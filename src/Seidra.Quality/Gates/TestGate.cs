namespace Seidra.Quality;

/// <summary>Judges a test result: every test that ran passed, and at least one ran.</summary>
public static class TestGate
{
    private const int NamesShown = 10;

    /// <summary>Judges the result.</summary>
    /// <param name="result">What was run.</param>
    /// <returns>Failed for any failure; inconclusive where no test passed (none listed, or all skipped).</returns>
    public static GateVerdict Judge(TestResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var figures = $"{result.Tests} tests: {result.Passed} passed, {result.Failed} failed, {result.Skipped} skipped"
            + (result.Flaky > 0 ? $", {result.Flaky} flaky" : "");
        if (result.Failed > 0)
        {
            var more = result.Failed > NamesShown ? $" and {result.Failed - NamesShown} more" : "";
            return new GateVerdict(GateOutcome.Failed, $"{figures}; failed: {string.Join("; ", result.Failures.Take(NamesShown))}{more}; see {string.Join(", ", result.Paths)}");
        }

        return result.Passed == 0
            ? new GateVerdict(GateOutcome.Inconclusive, $"{figures}: no test ran. Check the selection of tests in the quality command.")
            : new GateVerdict(GateOutcome.Passed, figures);
    }
}
