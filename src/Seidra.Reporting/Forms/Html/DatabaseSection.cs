namespace Seidra.Reporting.Html;

/// <summary>Each table with its rows on both sides.</summary>
internal static class DatabaseSection
{
    private static readonly HtmlTable.Column[] Columns =
        [new("Table"), new("SourceRows", true), new("MigratedRows", true), new("QuarantinedRows", true), new("Checksum")];

    public static void Write(HtmlPage page, MigrationReport report)
    {
        using (Section.Open(page, "Database"))
        {
            if (report.Tables.Count == 0)
            {
                Section.Nothing(page, "NothingYet");
                return;
            }

            var (source, migrated, quarantined) = Totals(report);
            HtmlTable.Write(
                page,
                page.Words.Word("Database"),
                Columns,
                report.Tables.Select(table => Row(page, table)),
                Row(page, new(page.Words.Word("Total"), source, migrated, quarantined, report.Tables.All(table => table.ChecksumEqual))));
        }
    }

    /// <summary>The rows of all tables.</summary>
    public static (long Source, long Migrated, long Quarantined) Totals(MigrationReport report) => (
        report.Tables.Sum(table => table.SourceRows),
        report.Tables.Sum(table => table.MigratedRows),
        report.Tables.Sum(table => table.QuarantinedRows));

    private static string[] Row(HtmlPage page, TableFigures table) =>
    [
        table.Name,
        page.Words.Number(table.SourceRows),
        page.Words.Number(table.MigratedRows),
        page.Words.Number(table.QuarantinedRows),
        $"{(table.ChecksumEqual ? "✓" : "✗")} {page.Words.Checksum(table.ChecksumEqual)}",
    ];
}
