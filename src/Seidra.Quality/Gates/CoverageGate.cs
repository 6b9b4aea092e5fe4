using System.Globalization;

namespace Seidra.Quality;

/// <summary>Judges a coverage result against a minimum.</summary>
public static class CoverageGate
{
    /// <summary>Judges by exact lines, never by a rounded percentage.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="minimum">The least percentage of lines, 0 to 100.</param>
    /// <returns>Inconclusive for 0 valid lines, whatever the minimum.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A minimum outside 0 to 100.</exception>
    public static GateVerdict Judge(CoverageResult result, decimal minimum)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentOutOfRangeException.ThrowIfLessThan(minimum, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minimum, 100);
        if (result.LinesValid == 0)
        {
            return new GateVerdict(GateOutcome.Inconclusive, $"0 of 0 lines measured in {result.Path}: the coverage run measured nothing. Check that it runs on the sources.");
        }

        var figures = string.Create(CultureInfo.InvariantCulture, $"{result.Percent:0.00} % of lines ({result.LinesCovered} of {result.LinesValid})");
        var needed = decimal.Ceiling(minimum * result.LinesValid / 100m);
        return result.LinesCovered >= needed
            ? new GateVerdict(GateOutcome.Passed, string.Create(CultureInfo.InvariantCulture, $"{figures}, minimum {minimum:0.##} %"))
            : new GateVerdict(GateOutcome.Failed, string.Create(CultureInfo.InvariantCulture,
                $"{figures}, minimum {minimum:0.##} %: {needed - result.LinesCovered} more lines must be covered; see {result.Path}"));
    }
}
