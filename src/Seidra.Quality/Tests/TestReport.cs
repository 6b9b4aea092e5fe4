namespace Seidra.Quality;

/// <summary>Reads a JUnit XML test report (pytest, Vitest, Jest, Playwright, Surefire).</summary>
public static class TestReport
{
    /// <summary>Reads the report.</summary>
    /// <param name="path">The report file.</param>
    /// <param name="reportsDirectory">Where to look for the file that was meant when <paramref name="path"/> does not exist.</param>
    /// <param name="notBefore">Start of the run that should have written it; an older file is refused as stale.</param>
    /// <returns>The counts. 0 tests is a result, which <see cref="TestGate"/> calls inconclusive.</returns>
    /// <exception cref="QualityException">Missing (names the nearest file), stale, damaged, not JUnit, or listing fewer tests than it declares.</exception>
    public static TestResult Read(string path, string? reportsDirectory = null, DateTimeOffset? notBefore = null)
    {
        var file = ReportFile.Find(path, reportsDirectory, notBefore);
        return SafeXml.Read(file, reader => new JUnitReader(file, reader).Read());
    }
}
