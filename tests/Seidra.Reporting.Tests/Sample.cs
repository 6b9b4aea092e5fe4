using System.Text.Json.Nodes;
using Seidra.Journal;

namespace Seidra.Reporting.Tests;

/// <summary>Journals as the program writes them, with fixed times.</summary>
internal static class Sample
{
    /// <summary>The guide's lines and steps, as the program maps them.</summary>
    public static IReadOnlyList<GuideStep> Map { get; } =
    [
        new("1.1", "BackupDatabase"), new("1.1", "VerifyBackup"), new("1.2", "ExportMedia"), new("1.3", "CheckSchema"),
        new("2.1", "CloneUltimate"), new("2.1", "PrepareStaging"), new("2.2", "StartStaging"), new("2.3", "MigrateDatabase"),
        new("2.4", "SyncMedia"), new("2.4", "CrossCheck"), new("3.1", "RunQa"), new("5.1", "RunQa"),
        new("3.2", "CheckBackendCoverage"), new("3.3", "CheckFrontendCoverage"), new("3.4", "RunEndToEnd"), new("5.2", "RunEndToEnd"),
        new("4.1", "PrepareSecrets"), new("4.2", "PublishWorkflows"), new("4.3", "DeployProduction"), new("4.3", "CheckHealth"),
        new("4.4", "FreezeClassic"), new("4.4", "CatchUp"), new("4.4", "SwitchTraffic"),
        new("4.5", "RotateDemoAccount"), new("5.6", "RotateDemoAccount"), new("5.3", "ValidateMonitoring"), new("5.4", "ValidateMonitoring"),
        new("5.5", "ReviewRunbook"), new("6.1", "FinalChecklist"), new("6.1", "SignReport"),
    ];

    /// <summary>A finished rehearsal whose first run was killed.</summary>
    public static MigrationReport Finished()
    {
        using var journal = new JournalBuilder();
        journal.RunStarted("run-1");
        Preparation(journal);
        journal.Started("CloneUltimate", 240);
        journal.Wait(3_725_000);
        journal.RunStarted("run-2");
        Upgrade(journal);
        Validation(journal);
        Production(journal);
        journal.Passed("FinalChecklist", 120, new { lines = 22, passed = 23, pending = 5 });
        journal.Pending("SignReport", "notConfigured.signers");
        journal.Fact("probe", new { requests = 8412, failed = 0, acknowledgedWrites = 4206, lostWrites = 0, doubledWrites = 0, writePauseMs = 412.4, downtimeMs = 38.2 });
        journal.RunEnded(0);
        return Report(journal.Snapshot);
    }

    /// <summary>A report on whatever <paramref name="write"/> puts into a journal.</summary>
    public static MigrationReport Of(Action<JournalBuilder> write)
    {
        using var journal = new JournalBuilder();
        write(journal);
        return Report(journal.Snapshot);
    }

    private static MigrationReport Report(JournalSnapshot journal) =>
        ReportBuilder.Build(journal, Map, new ReportFacts("0.1.0", "embedded", StandInQuality: true)) with
        {
            GeneratedAt = new DateTimeOffset(2026, 11, 23, 10, 33, 30, TimeSpan.Zero),
        };

    private static void Preparation(JournalBuilder journal)
    {
        journal.Passed("BackupDatabase", 640, new { tables = 4, rows = 20143, files = 1, bytes = 14_680_064, sha256 = new string('b', 64) });
        journal.Passed("VerifyBackup", 910, new { tables = 4, rows = 20143, checksumsEqual = 4 });
        journal.Passed("ExportMedia", 2350, new { objects = 5000, bytes = 171_966_464, copied = 5000, verified = 5000, manifestSha256 = new string('c', 64) });
        journal.Passed("CheckSchema", 75, new { shape = "Classic", revision = (string?)null, tables = 4, unmapped = 0, problems = Array.Empty<string>() });
    }

    private static void Upgrade(JournalBuilder journal)
    {
        journal.Passed("CloneUltimate", 310, new { commit = "3f2a9c1e7b5d40886a1c2e3f4a5b6c7d8e9f0a1b", files = 42 });
        journal.Passed("PrepareStaging", 280, new { tables = 9, columns = 98, indexes = 12, revision = "20241009_0003" });
        journal.Passed("StartStaging", 1420, new { url = "http://127.0.0.1:18000/", attempts = 4, successes = 3 });
        journal.Passed("MigrateDatabase", 3890, Rows(20143, 20084, 59, new { }));
        journal.Passed("SyncMedia", 2710, new { objects = 5000, bytes = 171_966_464, copied = 10000, verified = 10000, places = 2 });
        journal.Passed("CrossCheck", 190, new { rows = 5240, objects = 5000, missing = 14, orphaned = 37 });
    }

    private static void Validation(JournalBuilder journal)
    {
        journal.Passed("RunQa", 1850, new { tests = 412, passed = 409, failed = 0, skipped = 3, flaky = 0 });
        journal.Passed("CheckBackendCoverage", 12, new { percent = 87.35, minimum = 85, linesCovered = 8735, linesValid = 10000 });
        journal.Passed("CheckFrontendCoverage", 9, new { percent = 81.5, minimum = 80, linesCovered = 4890, linesValid = 6000 });
        journal.Passed("RunEndToEnd", 0.4, new { tests = 3, passed = 3, failed = 0, skipped = 0, flaky = 0 });
    }

    private static void Production(JournalBuilder journal)
    {
        journal.Passed("PrepareSecrets", 22, new { names = 11, generated = 9, kept = 2 });
        journal.Pending("PublishWorkflows", "notConfigured.workflows");
        journal.Passed("DeployProduction", 1980, new { url = "http://127.0.0.1:18100/", attempts = 1 });
        journal.Passed("CheckHealth", 330, new { checks = 6, successes = 3, databaseRows = 20084, mediaFiles = 1 });
        journal.Passed("FreezeClassic", 1240, Rows(21306, 21247, 59, new { passes = 2, tables = 4, refused = 4 }));
        journal.Passed("CatchUp", 310, new { changed = 18, rowsVerified = 18, objects = 5000, bytes = 171_966_464, copied = 0, verified = 10000 });
        journal.Passed("SwitchTraffic", 88, new { target = "ultimate", pauseMs = 398.6, probes = 1 });
        journal.Fact("freeze", new { pauseMs = 398.6 });
        journal.Passed("RotateDemoAccount", 960, new { newAccepted = true, oldRefused = true });
        journal.Pending("ValidateMonitoring", "notConfigured.monitoring");
        journal.Pending("ReviewRunbook", "awaitingApproval.runbook");
    }

    private static JsonObject Rows(long source, long migrated, long quarantined, object more)
    {
        var added = source - 20143;
        var figures = (JsonObject)System.Text.Json.JsonSerializer.SerializeToNode(new
        {
            sourceRows = source,
            migratedRows = migrated,
            quarantinedRows = quarantined,
            checksumsEqual = 4,
            compared = new[]
            {
                new { name = "users", sourceRows = 1203L, migratedRows = 1199L, quarantinedRows = 4L, checksumEqual = true },
                new { name = "personas", sourceRows = 2400L, migratedRows = 2394L, quarantinedRows = 6L, checksumEqual = true },
                new { name = "generation_jobs", sourceRows = 11300 + added, migratedRows = 11268 + added, quarantinedRows = 32L, checksumEqual = true },
                new { name = "media_items", sourceRows = 5240L, migratedRows = 5223L, quarantinedRows = 17L, checksumEqual = true },
            },
            quarantinedByReason = new Dictionary<string, long> { ["orphan-reference"] = 31, ["parent-quarantined"] = 14, ["name-taken"] = 4, ["media-path-unmapped"] = 10 },
            notesByReason = new Dictionary<string, long> { ["invalid-json"] = 118, ["nul-byte"] = 12, ["too-long"] = 7, ["demo-account"] = 1 },
        })!;
        foreach (var (name, value) in (JsonObject)System.Text.Json.JsonSerializer.SerializeToNode(more)!)
        {
            figures[name] = value?.DeepClone();
        }

        return figures;
    }
}
