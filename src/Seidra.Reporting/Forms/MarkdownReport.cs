using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Seidra.Reporting;

/// <summary>The report for wikis, pull requests and step summaries.</summary>
public static partial class MarkdownReport
{
    /// <summary>The report as Markdown in <paramref name="language"/>.</summary>
    public static string Render(MigrationReport report, string language)
    {
        var page = new Page(new Wording(language));
        var words = page.Words;
        page.Line($"# {words.Word("Title")}");
        foreach (var notice in report.Notices)
        {
            page.Line();
            page.Line($"> **{words.Word(notice)}**");
        }

        page.Line();
        page.Line($"**{words.Labelled("Outcome", words.Word($"Outcome.{report.Outcome}"))}** · {ChecklistText.Summary(report, language)}");
        page.Line();
        page.Line($"- {ChecklistText.WritePauseLine(report, language)}");
        page.Line($"- {ChecklistText.ProbeLine(report, language) ?? words.Word("NoProbe")}");
        Guide(report, page);
        Database(report, page);
        Reasons("Quarantine", "Rows", report.QuarantinedByReason, page);
        Reasons("Adjusted", "Values", report.NotesByReason, page);
        Media(report, page);
        Runs(report, page);
        Journal(report, page);
        return page.ToString();
    }

    private static void Guide(MigrationReport report, Page page) => page.Table(
        "Guide",
        ["Line", "What", "Step", "Status", "Evidence", "Duration"],
        report.Guide.Select(line => new[]
        {
            line.Id, GuideCatalog.Title(line.Id, page.Words.Language), line.StepNames, page.Words.Status(line.Status), line.EvidenceText(page.Words.Language), page.Words.Duration(line.Duration),
        }));

    private static void Database(MigrationReport report, Page page) => page.Table(
        "Database",
        ["Table", "SourceRows", "MigratedRows", "QuarantinedRows", "Checksum"],
        report.Tables.Select(table => new[]
        {
            table.Name, page.Words.Number(table.SourceRows), page.Words.Number(table.MigratedRows), page.Words.Number(table.QuarantinedRows), page.Words.Checksum(table.ChecksumEqual),
        }));

    private static void Reasons(string title, string unit, IReadOnlyDictionary<string, long> reasons, Page page)
    {
        if (reasons.Count > 0)
        {
            page.Table(title, ["Reason", unit], reasons.OrderByDescending(reason => reason.Value).Select(reason => new[] { page.Words.Reason(reason.Key), page.Words.Number(reason.Value) }));
        }
    }

    private static void Media(MigrationReport report, Page page) => page.Table(
        "Media",
        ["Objects", "Bytes", "Copied", "Verified", "Missing", "Orphaned"],
        report.Media is { } media
            ? [[page.Words.Number(media.Objects), page.Words.Size(media.Bytes), page.Words.Number(media.Copied), page.Words.Number(media.Verified), page.Words.Number(media.Missing), page.Words.Number(media.Orphaned)]]
            : []);

    private static void Runs(MigrationReport report, Page page) => page.Table(
        "Runs",
        ["Target", "Who", "Where", "Started", "Ended", "ExitCode"],
        report.Journal.Runs.Select(run => new[]
        {
            run.Target, run.User, run.Host, Figure.Instant(run.StartedAt), run.EndedAt is { } ended ? Figure.Instant(ended) : page.Words.Word("NotEnded"), run.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "",
        }));

    private static void Journal(MigrationReport report, Page page)
    {
        page.Line();
        page.Line($"## {page.Words.Word("Journal")}");
        page.Line();
        page.Item("Instance", report.Journal.Instance ?? "?");
        page.Item("Profile", report.Facts.Profile);
        page.Item("Version", report.Facts.Version);
        page.Item("GeneratedAt", Figure.Instant(report.GeneratedAt));
        page.Item("JournalHead", report.Journal.Head);
    }

    private sealed partial class Page(Wording words)
    {
        private readonly StringBuilder _text = new();

        public Wording Words => words;

        public void Line(string text = "") => _text.Append(text).Append('\n');

        public void Item(string key, string value) => Line($"- {words.Labelled(key, Escape(value))}");

        public void Table(string title, string[] columns, IEnumerable<string[]> rows)
        {
            var cells = rows.ToList();
            Line();
            Line($"## {words.Word(title)}");
            Line();
            if (cells.Count == 0)
            {
                Line(words.Word("NothingYet"));
                return;
            }

            Line($"| {string.Join(" | ", columns.Select(words.Word))} |");
            Line($"|{string.Concat(columns.Select(_ => "---|"))}");
            foreach (var row in cells)
            {
                Line($"| {string.Join(" | ", row.Select(Escape))} |");
            }
        }

        public override string ToString() => _text.ToString();

        // Names and messages come from outside: nothing of them may act as Markdown or HTML.
        private static string Escape(string text) => Special().Replace(PlainText.OneLine(text), @"\$0");

        // Only what acts inside a line: an underscore inside a word, a point or a lone < is text for every reader of Markdown.
        [GeneratedRegex(@"[\\`*\[|~]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|(?<!\w)_|_(?!\w)")]
        private static partial Regex Special();
    }
}
