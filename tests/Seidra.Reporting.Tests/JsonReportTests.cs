using System.Text.Json.Nodes;

namespace Seidra.Reporting.Tests;

/// <summary>The keys that scripts rely on; one that goes away or changes its name breaks them.</summary>
[TestFixture]
public sealed class JsonReportTests
{
    private static readonly JsonNode Report = JsonNode.Parse(JsonReport.Render(Sample.Finished()))!;

    [Test]
    public void The_report_has_its_keys() => Assert.That(Keys(Report), Is.EquivalentTo(new[]
    {
        "schemaVersion", "instance", "profile", "rehearsal", "qualityIsStandIn", "version", "generatedAt", "outcome",
        "guide", "writePauseMs", "probe", "database", "media", "downtimeMs", "steps", "runs", "journalHead",
    }));

    [Test]
    public void A_guide_line_has_its_keys()
    {
        var guide = Report["guide"]!.AsArray();

        Assert.That(guide.Select(line => (string)line!["id"]!), Is.EqualTo(GuideCatalog.Lines));
        Assert.That(guide.Select(Keys!), Is.All.EqualTo(new[] { "id", "step", "status", "evidence", "durationMs" }));
    }

    [Test]
    public void Statuses_are_of_the_known_words()
    {
        string[] words = ["passed", "failed", "inconclusive", "waived", "pending"];

        Assert.That(Report["guide"]!.AsArray().Select(line => (string)line!["status"]!), Is.All.AnyOf(words));
    }

    [Test]
    public void The_probe_has_its_keys() =>
        Assert.That(new[] { "requests", "failed", "acknowledgedWrites", "lostWrites" }, Is.SubsetOf(Keys(Report["probe"]!)));

    [Test]
    public void A_table_has_its_keys()
    {
        Assert.That(Keys(Report["database"]!), Is.EqualTo(new[] { "tables", "quarantinedByReason", "notesByReason" }));
        Assert.That(
            Report["database"]!["tables"]!.AsArray().Select(Keys!),
            Is.All.EqualTo(new[] { "name", "sourceRows", "migratedRows", "quarantinedRows", "checksumEqual" }));
    }

    [Test]
    public void The_media_have_their_keys() =>
        Assert.That(Keys(Report["media"]!), Is.EqualTo(new[] { "objects", "bytes", "copied", "verified", "missing", "orphaned" }));

    [Test]
    public void The_keys_are_there_before_anything_ran()
    {
        var empty = JsonNode.Parse(JsonReport.Render(Sample.Of(_ => { })))!;

        Assert.That(Keys(empty), Is.EqualTo(Keys(Report)));
        Assert.That(empty["database"]!["tables"]!.AsArray(), Is.Empty);
    }

    [Test]
    public void Figures_are_numbers_whatever_the_language()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That((double)Report["writePauseMs"]!, Is.EqualTo(412.4));
            Assert.That((long)Report["guide"]![0]!["evidence"]!["figures"]!["BackupDatabase"]!["rows"]!, Is.EqualTo(20143));
            Assert.That((double)Report["guide"]![0]!["durationMs"]!, Is.EqualTo(1550));
        }
    }

    [Test]
    public async Task The_file_is_the_same_in_every_language()
    {
        using var folder = new TempFolder();
        var english = await File.ReadAllTextAsync((await ReportWriter.WriteAsync(Sample.Finished(), folder.At("en"), "en")).Json);
        var french = await File.ReadAllTextAsync((await ReportWriter.WriteAsync(Sample.Finished(), folder.At("fr"), "fr")).Json);

        Assert.That(french, Is.EqualTo(english));
    }

    private static string[] Keys(JsonNode node) => [.. node.AsObject().Select(property => property.Key)];
}
