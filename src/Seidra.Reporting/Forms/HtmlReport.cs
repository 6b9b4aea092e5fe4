namespace Seidra.Reporting;

/// <summary>The report for people: one file, no network, no script.</summary>
public static class HtmlReport
{
    /// <summary>The report as one HTML page in <paramref name="language"/>.</summary>
    public static string Render(MigrationReport report, string language) =>
        $"<!doctype html><html lang=\"{language}\"><meta charset=\"utf-8\"><title>{Text.Of("Report.Title", language)}</title><pre>{System.Net.WebUtility.HtmlEncode(MarkdownReport.Render(report, language))}</pre></html>";
}
