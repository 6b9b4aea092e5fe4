using Seidra.Journal;

namespace Seidra.Reporting.Html;

/// <summary>Every line of the guide with what was verified. The roles keep it a table where a phone lays it out as cards.</summary>
internal static class GuideSection
{
    public static void Write(HtmlPage page, MigrationReport report)
    {
        using (Section.Open(page, "Guide"))
        using (page.In("table", ("class", "guide"), ("role", "table"), ("aria-labelledby", "Guide")))
        {
            using (page.In("thead", ("role", "rowgroup")))
            using (page.In("tr", ("role", "row")))
            {
                foreach (var column in new[] { "Line", "What", "Status", "Evidence", "Duration" })
                {
                    page.Element("th", page.Words.Word(column), ("scope", "col"), ("role", "columnheader"), ("class", column.ToLowerInvariant()));
                }
            }

            using (page.In("tbody", ("role", "rowgroup")))
            {
                foreach (var line in report.Guide)
                {
                    Line(page, line);
                }
            }
        }
    }

    private static void Line(HtmlPage page, GuideLine line)
    {
        using (page.In("tr", ("role", "row")))
        {
            page.Element("th", line.Id, ("scope", "row"), ("role", "rowheader"), ("class", "line"));
            page.Element("td", GuideCatalog.Title(line.Id, page.Words.Language), ("role", "cell"), ("class", "what"));
            using (page.In("td", ("role", "cell"), ("class", "status")))
            {
                Badge.Write(page, line.Status);
            }

            using (page.In("td", ("role", "cell"), ("class", "evidence")))
            {
                Evidence(page, line);
            }

            page.Element("td", page.Words.Duration(line.Duration), ("role", "cell"), ("class", "duration"));
        }
    }

    private static void Evidence(HtmlPage page, GuideLine line)
    {
        foreach (var step in line.Steps)
        {
            using (page.In("p"))
            {
                if (line.Steps.Count > 1)
                {
                    Badge.WriteSign(page, step.Status);
                }

                page.Element("code", step.Name);
                page.Text(" ");
                page.Element("span", StepText.Detail(step, page.Words.Language), step.Status is StepStatus.Failed ? ("class", "error") : ("class", "detail"));
            }
        }
    }
}
