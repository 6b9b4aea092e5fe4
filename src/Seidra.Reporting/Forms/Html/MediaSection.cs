namespace Seidra.Reporting.Html;

/// <summary>The media of the last pass.</summary>
internal static class MediaSection
{
    public static void Write(HtmlPage page, MigrationReport report)
    {
        var words = page.Words;
        using (Section.Open(page, "Media"))
        {
            if (report.Media is not { } media)
            {
                Section.Nothing(page, "NothingYet");
                return;
            }

            FigureList.Write(
                page,
                ("Objects", words.Number(media.Objects)),
                ("Bytes", words.Size(media.Bytes)),
                ("Copied", words.Number(media.Copied)),
                ("Verified", words.Number(media.Verified)),
                ("Missing", words.Number(media.Missing)),
                ("Orphaned", words.Number(media.Orphaned)));
        }
    }
}
