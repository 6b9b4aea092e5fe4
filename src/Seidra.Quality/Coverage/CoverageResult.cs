namespace Seidra.Quality;

/// <summary>The formats of coverage reports that are read.</summary>
public enum CoverageFormat
{
    /// <summary>Cobertura XML (coverage.py, coverlet, Istanbul, gcovr).</summary>
    Cobertura,

    /// <summary>lcov trace file (Istanbul, Vitest, gcov).</summary>
    Lcov,
}

/// <summary>What a coverage report says about lines.</summary>
/// <param name="LinesCovered">Lines executed at least once.</param>
/// <param name="LinesValid">Lines that could be executed; 0 means that nothing was measured.</param>
/// <param name="Format">The format found by content, not by file name.</param>
/// <param name="Path">The file that was read.</param>
/// <param name="WrittenAt">Its last change on disk, UTC.</param>
public sealed record CoverageResult(long LinesCovered, long LinesValid, CoverageFormat Format, string Path, DateTimeOffset WrittenAt)
{
    /// <summary>Covered lines in percent, cut (not rounded) to two decimals so that 84.999 never shows as 85; 0 of 0 is 0.</summary>
    public decimal Percent => LinesValid == 0 ? 0 : decimal.Floor(10_000m * LinesCovered / LinesValid) / 100m;
}
