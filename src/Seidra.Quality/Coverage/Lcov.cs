namespace Seidra.Quality;

/// <summary>
/// The lcov trace format (man geninfo, section FILES). Lines are counted from DA records, once per source file, so
/// that several test runs over the same file add up; LF and LH serve only where a tool writes no DA.
/// </summary>
internal static class Lcov
{
    private sealed class Source
    {
        public Dictionary<long, bool> Lines { get; } = [];
        public long Found { get; set; }
        public long Hit { get; set; }
    }

    public static CoverageResult Read(ReportFile file)
    {
        var sources = new Dictionary<string, Source>(StringComparer.Ordinal);
        try
        {
            using var reader = new StreamReader(file.Open());
            ReadRecords(file, reader, sources);
        }
        catch (IOException error)
        {
            throw new QualityException($"{file.Path}: the report cannot be read ({error.Message}). Run the quality command again.", error);
        }

        long covered = 0, valid = 0;
        foreach (var source in sources.Values)
        {
            valid += source.Lines.Count > 0 ? source.Lines.Count : source.Found;
            covered += source.Lines.Count > 0 ? source.Lines.Values.LongCount(hit => hit) : source.Hit;
        }

        return new CoverageResult(covered, valid, CoverageFormat.Lcov, file.Path, file.WrittenAt);
    }

    private static void ReadRecords(ReportFile file, StreamReader reader, Dictionary<string, Source> sources)
    {
        Source? current = null;
        var number = 0;
        while (reader.ReadLine() is { } raw)
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            if (line == "end_of_record")
            {
                current = current is null ? throw At(file, number, "end_of_record without SF before it.") : null;
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (key, value) = colon > 0 ? (line[..colon], line[(colon + 1)..]) : (line, "");
            if (!IsKey(key))
            {
                throw At(file, number, $"expected an lcov record such as SF: or DA:, found \"{(line.Length > 60 ? line[..60] + "..." : line)}\". Name a Cobertura or lcov file.");
            }

            if (key == "SF")
            {
                current = current is null ? Open(sources, value) : throw At(file, number, "SF inside a record that has no end_of_record.");
            }
            else if (key is "DA" or "LF" or "LH")
            {
                Add(current ?? throw At(file, number, $"{key} before SF."), key, value, file, number);
            }
        }

        if (current is not null) throw At(file, number, "the report is cut off: the last record has no end_of_record. Run the quality command again.");
    }

    private static void Add(Source source, string key, string value, ReportFile file, int number)
    {
        if (key == "DA")
        {
            var parts = value.Split(',');
            if (parts.Length < 2) throw At(file, number, "DA needs a line and a count.");
            var line = Count(parts[0], file, number);
            source.Lines[line] = Count(parts[1], file, number) > 0 || source.Lines.GetValueOrDefault(line);
        }
        else if (key == "LF")
        {
            source.Found = Math.Max(source.Found, Count(value, file, number));
        }
        else
        {
            source.Hit = Math.Max(source.Hit, Count(value, file, number));
        }

        if (source.Hit > source.Found && source.Found > 0) throw At(file, number, $"contradicts itself: LH {source.Hit} of LF {source.Found}.");
    }

    private static Source Open(Dictionary<string, Source> sources, string path) =>
        sources.TryGetValue(path, out var known) ? known : sources[path] = new Source();

    private static long Count(string text, ReportFile file, int number) =>
        long.TryParse(text, System.Globalization.NumberStyles.None, null, out var count)
            ? count
            : throw At(file, number, $"\"{(text.Length > 40 ? text[..40] : text)}\" is not a count.");

    // Keys are two to six capitals (TN, SF, FN, FNDA, BRDA, VER, FNL, ...); new ones appear with new lcov versions.
    private static bool IsKey(string key) => key.Length is >= 2 and <= 6 && key.All(char.IsAsciiLetterUpper);

    private static QualityException At(ReportFile file, int line, string message) => new($"{file.Path}:{line}: {message}");
}
