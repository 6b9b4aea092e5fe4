using Seidra.Journal;

namespace Seidra.Reporting.Html;

/// <summary>What it is, how it ended, and what a reader must not miss.</summary>
internal static class HeaderSection
{
    private static readonly StepStatus[] Order =
        [StepStatus.Passed, StepStatus.Waived, StepStatus.Pending, StepStatus.Inconclusive, StepStatus.Failed];

    public static void Write(HtmlPage page, MigrationReport report)
    {
        using (page.In("header"))
        {
            page.Element("p", page.Words.Word("Subtitle"), ("class", "over"));
            page.Element("h1", page.Words.Word("Title"));
            using (page.In("p", ("class", "facts")))
            {
                page.Text($"{page.Words.Labelled("Instance", report.Journal.Instance ?? "?")} · {page.Words.Labelled("Profile", report.Facts.Profile)} · {Figure.Instant(report.GeneratedAt)}");
            }

            using (page.In("p", ("class", $"outcome {report.Outcome}")))
            {
                page.Element("span", page.Words.Labelled("Outcome", ""), ("class", "label"));
                page.Element("strong", page.Words.Word($"Outcome.{report.Outcome}"));
            }

            Share(page, report);
            page.Element("p", ChecklistText.Summary(report, page.Words.Language), ("class", "summary"));
            foreach (var notice in report.Notices)
            {
                Notice(page, notice);
            }
        }
    }

    // The summary below says the same in words.
    private static void Share(HtmlPage page, MigrationReport report)
    {
        using (page.In("div", ("class", "share"), ("aria-hidden", "true")))
        {
            foreach (var status in Order.Where(status => report.Count(status) > 0))
            {
                page.Element("span", "", ("class", Badge.Style(status)), ("style", $"flex-grow:{report.Count(status)}"));
            }
        }
    }

    private static void Notice(HtmlPage page, string key)
    {
        using (page.In("p", ("class", "notice"), ("role", "note")))
        {
            page.Element("span", "⚠", ("aria-hidden", "true"));
            page.Element("strong", page.Words.Word(key));
        }
    }
}
