using System.Text;
using System.Text.Json.Nodes;
using Seidra.Journal;

namespace Seidra.Reporting;

/// <summary>The checklist at the end of a run: every line of the guide, then the figures that people ask for first.</summary>
public static class ChecklistText
{
    private const int Narrowest = 60;

    /// <summary>The checklist as lines of at most <paramref name="width"/> columns (60 where less is given).</summary>
    public static string Render(MigrationReport report, string language, int width, bool color)
    {
        var page = new Page(new Wording(language), Math.Max(Narrowest, width), color);
        page.Line("");
        page.Line(page.Strong(page.Words.Word("Checklist")));
        foreach (var line in report.Guide)
        {
            page.Guide(line);
        }

        page.Line("");
        foreach (var notice in report.Notices)
        {
            page.Wrapped(page.Words.Word(notice));
        }

        page.Line(page.Strong(page.Words.Labelled("Outcome", page.Words.Word($"Outcome.{report.Outcome}"))));
        page.Wrapped(Summary(report, language));
        if (ProbeLine(report, language) is { } probe)
        {
            page.Wrapped(probe);
        }

        page.Wrapped(WritePauseLine(report, language));
        return page.ToString();
    }

    /// <summary>How many lines stand where.</summary>
    public static string Summary(MigrationReport report, string language)
    {
        var counts = new JsonObject
        {
            ["passed"] = report.Count(StepStatus.Passed),
            ["pending"] = report.Count(StepStatus.Pending),
            ["failed"] = report.Count(StepStatus.Failed),
            ["inconclusive"] = report.Count(StepStatus.Inconclusive),
            ["waived"] = report.Count(StepStatus.Waived),
        };
        return Text.Fill("Report.Summary", counts, language)
            + (report.Count(StepStatus.Waived) > 0 ? Text.Fill("Report.Waived", counts, language) : "");
    }

    /// <summary>What the client probe counted; <c>null</c> where none ran.</summary>
    public static string? ProbeLine(MigrationReport report, string language) =>
        report.Probe is null ? null : Text.Fill("Report.ProbeLine", report.Probe, language);

    /// <summary>The write pause and the downtime; a question mark where there was none yet.</summary>
    public static string WritePauseLine(MigrationReport report, string language) => Text.Fill(
        "Report.WritePauseLine",
        new JsonObject { ["writePauseMs"] = report.WritePauseMs, ["downtimeMs"] = report.DowntimeMs },
        language);

    private sealed class Page(Wording words, int width, bool color)
    {
        private const int IdWidth = 5;
        private readonly StringBuilder _text = new();

        // Evidence stands below its title, so that the states form one column that the eye can run down.
        private readonly int _indent = IdWidth + 2 + Enum.GetValues<StepStatus>().Max(status => words.Status(status).Length) + 2;

        public Wording Words => words;

        public void Line(string text) => _text.Append(text).Append('\n');

        public void Wrapped(string text)
        {
            foreach (var line in WrappedText.Lines(text, width))
            {
                Line(line);
            }
        }

        public void Guide(GuideLine line)
        {
            var duration = words.Duration(line.Duration);
            var start = $"  {line.Id,-IdWidth}";
            var status = words.Status(line.Status);
            var titles = WrappedText.Lines(GuideCatalog.Title(line.Id, words.Language), width - _indent - duration.Length - 2).ToList();
            Line(start + Painted(Paint(line.Status), status) + new string(' ', _indent - start.Length - status.Length)
                + Strong(titles[0]) + Right(duration, width - _indent - titles[0].Length));
            foreach (var more in titles.Skip(1))
            {
                Line(new string(' ', _indent) + Strong(more));
            }

            foreach (var step in line.Steps)
            {
                Evidence(StepText.Detail(step, words.Language));
            }
        }

        private void Evidence(string text)
        {
            var mark = "· ";
            foreach (var line in WrappedText.Lines(text, width - _indent - mark.Length))
            {
                Line(new string(' ', _indent) + mark + line);
                mark = "  ";
            }
        }

        public string Strong(string text) => Painted("1", text);

        public override string ToString() => _text.ToString();

        private static string Right(string text, int room) => text.Length == 0 ? "" : text.PadLeft(room);

        private static string Paint(StepStatus status) => status switch
        {
            StepStatus.Passed => "32",
            StepStatus.Failed => "31",
            _ => "33",
        };

        private string Painted(string paint, string text) => color ? $"\u001b[{paint}m{text}\u001b[0m" : text;
    }
}
