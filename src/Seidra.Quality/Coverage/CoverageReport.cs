namespace Seidra.Quality;

/// <summary>Reads a coverage report, Cobertura or lcov, told apart by content.</summary>
public static class CoverageReport
{
    /// <summary>Reads the report.</summary>
    /// <param name="path">The report file.</param>
    /// <param name="reportsDirectory">Where to look for the file that was meant when <paramref name="path"/> does not exist.</param>
    /// <param name="notBefore">Start of the run that should have written it; an older file is refused as stale.</param>
    /// <returns>Lines covered and valid. 0 valid lines is a result, which <see cref="CoverageGate"/> calls inconclusive.</returns>
    /// <exception cref="QualityException">Missing (names the nearest file), stale, damaged, or another format.</exception>
    public static CoverageResult Read(string path, string? reportsDirectory = null, DateTimeOffset? notBefore = null)
    {
        var file = ReportFile.Find(path, reportsDirectory, notBefore);
        return file.FirstCharacter() switch
        {
            '<' => Cobertura.Read(file),
            '{' or '[' => throw new QualityException($"{path}: expected Cobertura XML or lcov, found JSON. Let the coverage tool write Cobertura or lcov beside it and name that file."),
            null => throw new QualityException($"{path}: expected a coverage report, found only white space. Run the quality command again."),
            _ => Lcov.Read(file),
        };
    }
}
