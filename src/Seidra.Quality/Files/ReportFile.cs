namespace Seidra.Quality;

/// <summary>A report on disk that exists, has content and is not older than the run that should have written it.</summary>
internal sealed record ReportFile(string Path, DateTimeOffset WrittenAt)
{
    /// <summary>
    /// Kernels stamp files from a clock that ticks every 1 to 10 ms, so a file written just after an instant may
    /// carry a time just before it.
    /// </summary>
    private static readonly TimeSpan ClockTick = TimeSpan.FromMilliseconds(20);

    /// <summary>Finds the report and checks that it may be judged at all.</summary>
    /// <param name="path">Where the report should be.</param>
    /// <param name="reportsDirectory">The folder to search for a neighbour to name; null: the nearest folder that exists.</param>
    /// <param name="notBefore">The start of the run that should have written it; null: any age.</param>
    /// <exception cref="QualityException">Missing, a folder, empty, unreadable or stale.</exception>
    public static ReportFile Find(string path, string? reportsDirectory, DateTimeOffset? notBefore)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                throw Missing(path, reportsDirectory);
            }

            if (file.Length == 0)
            {
                throw new QualityException($"{path}: expected a report, found an empty file. The quality run was cut short: run it again.");
            }

            var writtenAt = new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero);
            return notBefore is { } start && IsOlder(writtenAt, start)
                ? throw new QualityException(
                    $"{path}: stale, written {writtenAt:yyyy-MM-dd HH:mm:ss}Z, expected not before {start.ToUniversalTime():yyyy-MM-dd HH:mm:ss}Z when this quality run started. The run did not write it: see the run's log.")
                : new ReportFile(path, writtenAt);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, error);
        }
    }

    /// <summary>Opens the report for reading.</summary>
    public FileStream Open()
    {
        try
        {
            return new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(Path, error);
        }
    }

    /// <summary>The first character that is not white space, or null where there is none.</summary>
    public char? FirstCharacter()
    {
        using var reader = new StreamReader(Open());
        int next;
        while ((next = reader.Read()) >= 0)
        {
            if (!char.IsWhiteSpace((char)next)) return (char)next;
        }

        return null;
    }

    private static bool IsOlder(DateTimeOffset writtenAt, DateTimeOffset start)
    {
        // Some file systems keep whole seconds only; there the start is compared by its second.
        var wholeSeconds = writtenAt.Ticks % TimeSpan.TicksPerSecond == 0;
        var limit = wholeSeconds ? new DateTimeOffset(start.UtcTicks - (start.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero) : start - ClockTick;
        return writtenAt < limit;
    }

    private static QualityException Missing(string path, string? reportsDirectory)
    {
        if (Directory.Exists(path))
        {
            return new QualityException($"{path}: expected a report file, found a folder. Name the file in it.");
        }

        var near = NearestReport.To(path, reportsDirectory);
        return new QualityException(near is null
            ? $"{path}: the report does not exist and no other report was found near it. Run the quality command first, or correct the path in the settings."
            : $"{path}: the report does not exist. The nearest file that does is {near}: correct the path in the settings, or run the quality command again.");
    }

    private static QualityException Unreadable(string path, Exception error) =>
        new($"{path}: the report cannot be read ({error.Message}). Grant read access to it and run again.", error);
}
