using Seidra.Journal;

namespace Seidra.Reporting.Html;

/// <summary>A status as sign, word and colour; never by colour alone.</summary>
internal static class Badge
{
    /// <summary>Sign and word.</summary>
    public static void Write(HtmlPage page, StepStatus status) => Write(page, "word", status);

    /// <summary>The sign; the word is there for screen readers only.</summary>
    public static void WriteSign(HtmlPage page, StepStatus status) => Write(page, "hidden", status);

    /// <summary>The name of the style of a status.</summary>
    public static string Style(StepStatus status) => status switch
    {
        StepStatus.Passed => "passed",
        StepStatus.Failed => "failed",
        StepStatus.Inconclusive => "inconclusive",
        StepStatus.Waived => "waived",
        _ => "pending",
    };

    private static void Write(HtmlPage page, string word, StepStatus status)
    {
        using (page.In("span", ("class", $"badge {Style(status)}")))
        {
            page.Element("span", Sign(status), ("aria-hidden", "true"), ("class", "sign"));
            page.Element("span", page.Words.Status(status), ("class", word));
        }
    }

    private static string Sign(StepStatus status) => status switch
    {
        StepStatus.Passed => "✓",
        StepStatus.Failed => "✗",
        StepStatus.Inconclusive => "?",
        StepStatus.Waived => "~",
        StepStatus.Undone => "↶",
        _ => "…",
    };
}
