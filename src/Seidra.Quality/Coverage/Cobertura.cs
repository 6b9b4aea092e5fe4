using System.Globalization;
using System.Xml;

namespace Seidra.Quality;

/// <summary>
/// Cobertura XML. The totals of the root element count; where a tool writes none, the lines of the classes are counted.
/// </summary>
internal static class Cobertura
{
    // Tools round line-rate to two (gcovr) to four (coverage.py) digits.
    private const double RateTolerance = 0.011;

    public static CoverageResult Read(ReportFile file) => SafeXml.Read(file, reader => Read(file, reader));

    private static CoverageResult Read(ReportFile file, XmlReader reader)
    {
        if (reader.Name != "coverage")
        {
            throw SafeXml.At(reader, file, $"expected Cobertura, whose root is <coverage>, found <{reader.Name}>{Hint(reader.Name)}. Name the Cobertura or lcov file.");
        }

        if (reader.GetAttribute("clover") is not null || reader.GetAttribute("generated") is not null)
        {
            throw SafeXml.At(reader, file, "expected Cobertura, found Clover. Let the coverage tool write Cobertura or lcov beside it and name that file.");
        }

        var covered = SafeXml.Count(reader, file, "lines-covered");
        var valid = SafeXml.Count(reader, file, "lines-valid");
        var rate = Rate(reader, file);
        if (covered is null && valid is null && rate is null)
        {
            throw SafeXml.At(reader, file, "expected Cobertura, found a <coverage> without line-rate, lines-covered and lines-valid. Name the Cobertura or lcov file.");
        }

        if (covered is null || valid is null)
        {
            (covered, valid) = CountLines(file, reader);
        }

        Check(file, covered.Value, valid.Value, rate);
        return new CoverageResult(covered.Value, valid.Value, CoverageFormat.Cobertura, file.Path, file.WrittenAt);
    }

    private static double? Rate(XmlReader reader, ReportFile file)
    {
        var text = reader.GetAttribute("line-rate");
        if (text is null) return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && double.IsFinite(rate)
            ? rate
            : throw SafeXml.At(reader, file, $"line-rate=\"{(text.Length > 40 ? text[..40] : text)}\" is not a number.");
    }

    private static void Check(ReportFile file, long covered, long valid, double? rate)
    {
        if (covered > valid)
        {
            throw new QualityException($"{file.Path}: contradicts itself: {covered} lines covered of {valid}. Run the quality command again.");
        }

        if (valid > 0 && rate is { } said && Math.Abs(said - ((double)covered / valid)) > RateTolerance)
        {
            throw new QualityException(string.Create(CultureInfo.InvariantCulture,
                $"{file.Path}: contradicts itself: line-rate {said:0.####}, but {covered} of {valid} lines are {(double)covered / valid:0.####}. Run the quality command again."));
        }
    }

    // A class repeats the lines of its methods, and one file may hold several classes: a line counts once per file.
    private static (long Covered, long Valid) CountLines(ReportFile file, XmlReader reader)
    {
        var lines = new Dictionary<(string File, long Line), bool>();
        var source = "";
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            if (reader.Name == "class") source = reader.GetAttribute("filename") ?? reader.GetAttribute("name") ?? "";
            if (reader.Name != "line") continue;
            var number = SafeXml.Count(reader, file, "number") ?? throw SafeXml.At(reader, file, "<line> without number.");
            var hits = SafeXml.Count(reader, file, "hits") ?? throw SafeXml.At(reader, file, "<line> without hits.");
            lines[(source, number)] = hits > 0 || lines.GetValueOrDefault((source, number));
        }

        return (lines.Values.LongCount(hit => hit), lines.Count);
    }

    private static string Hint(string root) => root switch
    {
        "html" or "HTML" => ", a web page",
        "testsuites" or "testsuite" => ", a JUnit test report",
        "report" => ", a JaCoCo report",
        _ => "",
    };
}
