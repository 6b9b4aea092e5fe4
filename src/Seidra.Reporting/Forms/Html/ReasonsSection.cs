namespace Seidra.Reporting.Html;

/// <summary>Why rows went to quarantine, and which values had to be adjusted on the way.</summary>
internal static class ReasonsSection
{
    public static void Write(HtmlPage page, MigrationReport report)
    {
        if (report.Tables.Count == 0)
        {
            return;
        }

        using (page.In("div", ("class", "pair")))
        {
            using (Section.Open(page, "Quarantine"))
            {
                Section.Nothing(page, report.QuarantinedByReason.Count == 0 ? "NoQuarantine" : "QuarantineNote");
                Table(page, "Quarantine", "Rows", report.QuarantinedByReason);
            }

            if (report.NotesByReason.Count > 0)
            {
                using (Section.Open(page, "Adjusted"))
                {
                    Section.Nothing(page, "AdjustedNote");
                    Table(page, "Adjusted", "Values", report.NotesByReason);
                }
            }
        }
    }

    private static void Table(HtmlPage page, string label, string unit, IReadOnlyDictionary<string, long> reasons)
    {
        if (reasons.Count > 0)
        {
            HtmlTable.Write(
                page,
                page.Words.Word(label),
                [new("Reason"), new(unit, true)],
                reasons.OrderByDescending(reason => reason.Value).Select(reason => new[] { page.Words.Reason(reason.Key), page.Words.Number(reason.Value) }));
        }
    }
}
