using System.Globalization;

namespace Seidra.Reporting.Html;

/// <summary>Who ran what, where and when.</summary>
internal static class RunsSection
{
    private static readonly HtmlTable.Column[] Columns =
        [new("Target"), new("Who"), new("Where"), new("Started"), new("Ended"), new("ExitCode", true)];

    public static void Write(HtmlPage page, MigrationReport report)
    {
        using (Section.Open(page, "Runs"))
        {
            HtmlTable.Write(page, page.Words.Word("Runs"), Columns, report.Journal.Runs.Select(run => new[]
            {
                run.Target,
                run.User,
                run.Host,
                Figure.Instant(run.StartedAt),
                run.EndedAt is { } ended ? Figure.Instant(ended) : page.Words.Word("NotEnded"),
                run.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "—",
            }));
        }
    }
}
