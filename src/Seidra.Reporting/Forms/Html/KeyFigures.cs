using System.Text.Json.Nodes;

namespace Seidra.Reporting.Html;

/// <summary>The figures that people ask for first.</summary>
internal static class KeyFigures
{
    public static void Write(HtmlPage page, MigrationReport report)
    {
        var words = page.Words;
        var probe = report.Probe ?? [];
        using (Section.Open(page, "Figures"))
        using (page.In("ul", ("class", "cards")))
        {
            Card(page, "WritePause", report.WritePauseMs is { } pause ? Figure.Duration(TimeSpan.FromMilliseconds(pause), words.Language) : null,
                words.Fill("OfDowntime", new JsonObject { ["downtimeMs"] = report.DowntimeMs }), Mood.Plain);
            Card(page, "Failed", Count(words, probe["failed"]), words.Fill("OfRequests", probe), ZeroIsGood(probe["failed"]));
            Card(page, "LostWrites", Count(words, probe["lostWrites"]), words.Fill("OfWrites", probe), ZeroIsGood(probe["lostWrites"]));
            Rows(page, report);
            Card(page, "Objects", report.Media is { } media ? words.Number(media.Objects) : null, report.Media is { } size ? words.Size(size.Bytes) : "", Mood.Plain);
        }
    }

    private static void Rows(HtmlPage page, MigrationReport report)
    {
        var (source, migrated, quarantined) = DatabaseSection.Totals(report);
        var placed = source == migrated + quarantined && report.Tables.All(table => table.ChecksumEqual);
        Card(page, "RowsInPlace", report.Tables.Count > 0 ? page.Words.Number(migrated) : null,
            page.Words.Fill("OfRows", new JsonObject { ["sourceRows"] = source, ["quarantinedRows"] = quarantined }), placed ? Mood.Good : Mood.Bad);
    }

    private static string? Count(Wording words, JsonNode? figure) => Figure.Value(figure) is { } number ? words.Number(number) : null;

    private static Mood ZeroIsGood(JsonNode? figure) => Figure.Value(figure) is 0 ? Mood.Good : Mood.Bad;

    private static void Card(HtmlPage page, string key, string? value, string detail, Mood mood)
    {
        using (page.In("li", ("class", value is null ? "card" : $"card {mood.ToString().ToLowerInvariant()}")))
        {
            page.Element("span", page.Words.Word(key), ("class", "label"));
            page.Element("span", value ?? "—", ("class", "value"));
            page.Element("span", value is null ? page.Words.Word("NotMeasured") : detail, ("class", "detail"));
        }
    }

    private enum Mood
    {
        Plain,
        Good,
        Bad,
    }
}
