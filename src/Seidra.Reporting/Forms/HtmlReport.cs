using Seidra.Reporting.Html;

namespace Seidra.Reporting;

/// <summary>The report for people: one file that needs neither network nor script, for screens of every size and for paper.</summary>
public static class HtmlReport
{
    // Whatever got into the page, nothing may be loaded from elsewhere or run.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'";

    /// <summary>The report as one HTML page in <paramref name="language"/>.</summary>
    public static string Render(MigrationReport report, string language)
    {
        var page = new HtmlPage(new Wording(language));
        using (page.Document())
        {
            Head(page);
            using (page.In("body"))
            {
                HeaderSection.Write(page, report);
                using (page.In("main"))
                {
                    KeyFigures.Write(page, report);
                    GuideSection.Write(page, report);
                    DatabaseSection.Write(page, report);
                    ReasonsSection.Write(page, report);
                    MediaSection.Write(page, report);
                    ProbeSection.Write(page, report);
                    TimelineSection.Write(page, report);
                    RunsSection.Write(page, report);
                }

                JournalSection.Write(page, report);
            }
        }

        return page.ToString();
    }

    private static void Head(HtmlPage page)
    {
        using (page.In("head"))
        {
            page.Void("meta", ("charset", "utf-8"));
            page.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy));
            page.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            page.Void("meta", ("name", "color-scheme"), ("content", "light dark"));
            page.Element("title", page.Words.Word("Title"));
            page.Style(HtmlStyle.Css);
        }
    }
}
