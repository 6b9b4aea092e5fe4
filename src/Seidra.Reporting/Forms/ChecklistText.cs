using System.Text;
using System.Text.Json.Nodes;
using Seidra.Journal;

namespace Seidra.Reporting;

/// <summary>The checklist at the end of a run: every line of the guide, then the figures that people ask for first.</summary>
public static class ChecklistText
{
    private const string Reset = "\u001b[0m";

    /// <summary>The checklist as lines of at most <paramref name="width"/> columns.</summary>
    public static string Render(MigrationReport report, string language, int width, bool color)
    {
        var text = new StringBuilder();
        text.AppendLine().AppendLine(Text.Of("Report.Checklist", language));
        foreach (var line in report.Guide)
        {
            text.AppendLine(Line(line, language, width, color));
        }

        text.AppendLine();
        foreach (var notice in MarkdownReport.Notices(report))
        {
            text.AppendLine(Text.Of($"Report.{notice}", language));
        }

        text.AppendLine(Summary(report, language));
        if (ProbeLine(report, language) is { } probe)
        {
            text.AppendLine(probe);
        }

        return text.AppendLine(WritePauseLine(report, language)).ToString();
    }

    /// <summary>How many lines stand where.</summary>
    public static string Summary(MigrationReport report, string language) => Text.Fill(
        "Report.Summary",
        new JsonObject
        {
            ["passed"] = report.Count(StepStatus.Passed),
            ["pending"] = report.Count(StepStatus.Pending),
            ["failed"] = report.Count(StepStatus.Failed),
            ["inconclusive"] = report.Count(StepStatus.Inconclusive),
        },
        language);

    /// <summary>What the client probe counted; <c>null</c> where none ran.</summary>
    public static string? ProbeLine(MigrationReport report, string language) =>
        report.Probe is null ? null : Text.Fill("Report.ProbeLine", report.Probe, language);

    /// <summary>The write pause and the downtime; a question mark where there was none yet.</summary>
    public static string WritePauseLine(MigrationReport report, string language) => Text.Fill(
        "Report.WritePauseLine",
        new JsonObject { ["writePauseMs"] = report.WritePauseMs, ["downtimeMs"] = report.DowntimeMs },
        language);

    private static string Line(GuideLine line, string language, int width, bool color)
    {
        var status = Text.Of($"Status.{line.Status}", language).PadRight(13);
        var start = $"  {line.Id}  ";
        var rest = $" {GuideCatalog.Title(line.Id, language)}: {line.EvidenceText(language)} ({Figure.Duration(line.Duration, language)})".ReplaceLineEndings(" ");
        var room = Math.Max(20, width - start.Length - status.Length);
        return start + (color ? Paint(line.Status) + status + Reset : status) + (rest.Length > room ? rest[..(room - 1)] + "…" : rest);
    }

    private static string Paint(StepStatus status) => status switch
    {
        StepStatus.Passed => "\u001b[32m",
        StepStatus.Failed => "\u001b[31m",
        _ => "\u001b[33m",
    };
}
