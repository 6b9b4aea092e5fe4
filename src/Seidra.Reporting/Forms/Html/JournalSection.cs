namespace Seidra.Reporting.Html;

/// <summary>What ties this page to the journal that it was made from.</summary>
internal static class JournalSection
{
    public static void Write(HtmlPage page, MigrationReport report)
    {
        using (page.In("footer"))
        using (Section.Open(page, "Journal"))
        {
            FigureList.Write(
                page,
                ("JournalHead", report.Journal.Head),
                ("JournalLines", page.Words.Number(report.Journal.Entries.Count)),
                ("Instance", report.Journal.Instance ?? "?"),
                ("Profile", report.Facts.Profile),
                ("Version", report.Facts.Version),
                ("GeneratedAt", Figure.Instant(report.GeneratedAt)));
        }
    }
}
