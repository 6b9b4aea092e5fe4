using System.Text.Json.Nodes;

namespace Seidra.Reporting.Tests;

/// <summary>Names and messages that try to become markup, commands of a terminal or broken text.</summary>
internal static class Hostile
{
    public const string Text = "</style></td><script>alert('x')</script><img src=x onerror=\"alert(1)\"> &lt;b&gt; | a\u001b[31m\u0000 \ud800 `c` [l](javascript:0)\nsecond line";

    /// <summary>A report with hostile text wherever text comes from outside.</summary>
    public static MigrationReport Report()
    {
        using var journal = new JournalBuilder($"studio{Text}");
        journal.RunStarted("run-1", user: Text, host: Text);
        journal.Failed("BackupDatabase", 10, Text);
        journal.Pending("ExportMedia", Text);
        journal.Passed("StartStaging", 10, new { url = Text, attempts = 1, successes = 1 });
        journal.Passed("MigrateDatabase", 10, new
        {
            compared = new[] { new { name = Text, sourceRows = 1, migratedRows = 1, quarantinedRows = 0, checksumEqual = false } },
            quarantinedByReason = new JsonObject { [Text] = 1 },
        });
        journal.Passed("CheckSchema", 10, new { shape = Text, tables = 1, unmapped = 0 }, variant: Text);
        journal.Undone("RunQa", Text);
        return ReportBuilder.Build(journal.Snapshot, Sample.Map, new ReportFacts(Text, Text, StandInQuality: false));
    }
}
