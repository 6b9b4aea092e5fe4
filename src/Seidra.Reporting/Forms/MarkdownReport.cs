using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Seidra.Journal;

namespace Seidra.Reporting;

/// <summary>The report for wikis, pull requests and step summaries.</summary>
public static partial class MarkdownReport
{
    /// <summary>The report as Markdown in <paramref name="language"/>.</summary>
    public static string Render(MigrationReport report, string language)
    {
        var page = new Page(language);
        page.Line($"# {page.Word("Title")}");
        page.Line();
        foreach (var notice in Notices(report))
        {
            page.Line($"> **{page.Word(notice)}**");
            page.Line(">");
        }

        page.Line($"**{page.Word("Outcome")}**: {page.Word($"Outcome.{report.Outcome}")} · {ChecklistText.Summary(report, language)}");
        page.Line();
        page.Line($"- {ChecklistText.WritePauseLine(report, language)}");
        if (ChecklistText.ProbeLine(report, language) is { } probe)
        {
            page.Line($"- {probe}");
        }

        Guide(report, page);
        Database(report, page);
        Media(report, page);
        Runs(report, page);
        page.Line($"{page.Word("JournalHead")}: `{report.Journal.Head}` · {page.Word("Version")} {report.Facts.Version} · {Instant(report.GeneratedAt)}");
        return page.ToString();
    }

    /// <summary>The notices that a reader must not miss, as resource keys.</summary>
    internal static IEnumerable<string> Notices(MigrationReport report)
    {
        if (report.IsRehearsal)
        {
            yield return "Rehearsal";
        }

        if (report.Facts.StandInQuality)
        {
            yield return "StandIn";
        }
    }

    private static void Guide(MigrationReport report, Page page) => page.Table(
        "Guide",
        ["Line", "What", "Step", "Status", "Evidence", "Duration"],
        report.Guide.Select(line => new[]
        {
            line.Id, GuideCatalog.Title(line.Id, page.Language), line.StepNames, page.Status(line.Status), line.EvidenceText(page.Language), Figure.Duration(line.Duration, page.Language),
        }));

    private static void Database(MigrationReport report, Page page) => page.Table(
        "Database",
        ["Table", "SourceRows", "MigratedRows", "QuarantinedRows", "Checksum"],
        report.Tables.Select(table => new[]
        {
            table.Name, page.Number(table.SourceRows), page.Number(table.MigratedRows), page.Number(table.QuarantinedRows), page.Word(table.ChecksumEqual ? "Equal" : "Different"),
        }));

    private static void Media(MigrationReport report, Page page) => page.Table(
        "Media",
        ["Objects", "Bytes", "Copied", "Verified", "Missing", "Orphaned"],
        report.Media is { } media
            ? [[page.Number(media.Objects), Figure.Size(media.Bytes, page.Language), page.Number(media.Copied), page.Number(media.Verified), page.Number(media.Missing), page.Number(media.Orphaned)]]
            : []);

    private static void Runs(MigrationReport report, Page page) => page.Table(
        "Runs",
        ["Target", "Who", "Where", "Started", "Ended", "ExitCode"],
        report.Journal.Runs.Select(run => new[]
        {
            run.Target, run.User, run.Host, Instant(run.StartedAt), run.EndedAt is { } ended ? Instant(ended) : "", run.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "",
        }));

    private static string Instant(DateTimeOffset at) => at.ToString("u", CultureInfo.InvariantCulture);

    private sealed partial class Page(string language)
    {
        private readonly StringBuilder _text = new();

        public string Language => language;

        public void Line(string text = "") => _text.Append(text).Append('\n');

        public string Word(string key) => Text.Of($"Report.{key}", language);

        public string Status(StepStatus status) => Text.Of($"Status.{status}", language);

        public string Number(long number) => Figure.Number(number, language);

        public void Table(string title, string[] columns, IEnumerable<string[]> rows)
        {
            Line();
            Line($"## {Word(title)}");
            Line();
            Line($"| {string.Join(" | ", columns.Select(Word))} |");
            Line($"|{string.Concat(columns.Select(_ => "---|"))}");
            foreach (var row in rows)
            {
                Line($"| {string.Join(" | ", row.Select(Escape))} |");
            }

            Line();
        }

        public override string ToString() => _text.ToString();

        // Names and messages come from outside: nothing of them may act as Markdown or HTML.
        private static string Escape(string text) => Special().Replace(text.ReplaceLineEndings(" "), @"\$0");

        [GeneratedRegex(@"[\\`*_\[\]<>|#!]")]
        private static partial Regex Special();
    }
}
