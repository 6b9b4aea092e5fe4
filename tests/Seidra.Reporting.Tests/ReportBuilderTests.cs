namespace Seidra.Reporting.Tests;

/// <summary>Which figures of the journal the report shows.</summary>
[TestFixture]
public sealed class ReportBuilderTests
{
    [Test]
    public void The_comparison_inside_the_freeze_counts()
    {
        var report = Sample.Finished();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Tables.Sum(table => table.SourceRows), Is.EqualTo(21306));
            Assert.That(report.QuarantinedByReason["orphan-reference"], Is.EqualTo(31));
            Assert.That(report.NotesByReason["invalid-json"], Is.EqualTo(118));
            Assert.That(report.Media, Is.EqualTo(new MediaFigures(5000, 171_966_464, 10000, 10000, 14, 37)));
            Assert.That(report.WritePauseMs, Is.EqualTo(412.4));
            Assert.That(report.DowntimeMs, Is.EqualTo(38.2));
            Assert.That(report.Outcome, Is.EqualTo("pending"));
        }
    }

    [Test]
    public void Before_the_freeze_the_first_pass_counts()
    {
        var report = Sample.Of(journal => journal.Passed("MigrateDatabase", 10, new
        {
            compared = new[] { new { name = "users", sourceRows = 3, migratedRows = 2, quarantinedRows = 1, checksumEqual = true } },
            quarantinedByReason = new { nameTaken = 1 },
        }));

        Assert.That(report.Tables, Is.EqualTo(new[] { new TableFigures("users", 3, 2, 1, true) }));
        Assert.That(HtmlReport.Render(report, "en"), Does.Contain("name or e-mail already taken"), "a reason in camel case is the same reason");
    }

    [Test]
    public void Without_a_probe_the_freeze_itself_tells_the_pause()
    {
        var report = Sample.Of(journal => journal.Fact("freeze", new { pauseMs = 77.5 }));

        Assert.That(report.WritePauseMs, Is.EqualTo(77.5));
        Assert.That(report.DowntimeMs, Is.Null);
    }

    [TestCase("settings", false)]
    [TestCase("embedded", true)]
    [TestCase("services", true)]
    public void Only_a_settings_file_makes_it_real(string profile, bool rehearsal)
    {
        var report = Sample.Finished();

        Assert.That((report with { Facts = report.Facts with { Profile = profile } }).IsRehearsal, Is.EqualTo(rehearsal));
    }
}
