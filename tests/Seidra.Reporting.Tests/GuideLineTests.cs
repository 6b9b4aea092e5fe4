using Seidra.Journal;

namespace Seidra.Reporting.Tests;

/// <summary>A line is as good as its worst step, and says what is missing.</summary>
[TestFixture]
public sealed class GuideLineTests
{
    private static readonly object Backup = new { tables = 1, rows = 1, files = 1, bytes = 900 };

    [Test]
    public void A_line_whose_steps_all_passed_is_green()
    {
        var line = Line(journal =>
        {
            journal.Passed("BackupDatabase", 10, Backup);
            journal.Passed("VerifyBackup", 20, new { tables = 1, rows = 1, checksumsEqual = 1 });
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(line.Status, Is.EqualTo(StepStatus.Passed));
            Assert.That(line.NotRun, Is.False);
            Assert.That(line.Duration, Is.EqualTo(TimeSpan.FromMilliseconds(30)));
            Assert.That(line.StepNames, Is.EqualTo("BackupDatabase, VerifyBackup"));
            Assert.That(line.EvidenceText("en"), Is.EqualTo(
                "1 table and 1 row in 1 file (900\u00a0B), each with its SHA-256 · restored into a scratch database: 1 row compared, 1 of 1 table checksums equal"));
        }
    }

    [Test]
    public void A_failure_is_worse_than_everything()
    {
        var line = Line(journal =>
        {
            journal.Inconclusive("BackupDatabase", 10, Backup);
            journal.Failed("VerifyBackup", 20, "expected 4, found 3");
        });

        Assert.That(line.Status, Is.EqualTo(StepStatus.Failed));
        Assert.That(line.EvidenceText("fr"), Does.Contain("ne prouve rien").And.EndsWith("expected 4, found 3"));
    }

    [Test]
    public void Inconclusive_is_worse_than_pending()
    {
        var line = Line(journal =>
        {
            journal.Pending("BackupDatabase", "notConfigured.traffic");
            journal.Inconclusive("VerifyBackup", 20, new { tables = 0, rows = 0, checksumsEqual = 0 });
        });

        Assert.That(line.Status, Is.EqualTo(StepStatus.Inconclusive));
    }

    [Test]
    public void Pending_is_worse_than_waived_and_waived_worse_than_passed()
    {
        Assert.That(Worst(StepStatus.Pending, StepStatus.Waived), Is.EqualTo(StepStatus.Pending));
        Assert.That(Worst(StepStatus.Passed, StepStatus.Waived), Is.EqualTo(StepStatus.Waived));
    }

    [TestCase(StepStatus.None)]
    [TestCase(StepStatus.Running)]
    [TestCase(StepStatus.Undone)]
    public void A_step_that_has_proven_nothing_waits(StepStatus status) =>
        Assert.That(Worst(StepStatus.Passed, status), Is.EqualTo(StepStatus.Pending));

    [Test]
    public void A_pending_step_says_what_it_waits_for() =>
        Assert.That(Line(journal => journal.Pending("BackupDatabase", "notConfigured.monitoring")).EvidenceText("en"), Does.StartWith("not configured: neither Grafana nor Prometheus"));

    [Test]
    public void A_reason_without_words_shows_as_it_is() =>
        Assert.That(Line(journal => journal.Pending("BackupDatabase", "later.reason")).EvidenceText("fr"), Does.StartWith("later.reason"));

    [Test]
    public void A_step_without_a_sentence_counts_what_it_compared() =>
        Assert.That(StepText.Evidence("LaterStep", new Evidence(3, []), "fr"), Is.EqualTo("3 éléments comparés"));

    [Test]
    public void A_step_that_was_taken_back_says_how() =>
        Assert.That(Line(journal =>
        {
            journal.Passed("BackupDatabase", 10, Backup);
            journal.Undone("BackupDatabase", "folder deleted");
        }).EvidenceText("en"), Is.EqualTo("taken back: folder deleted · not run yet"));

    [Test]
    public void A_step_that_was_cut_says_since_when() =>
        Assert.That(Line(journal => journal.Started("BackupDatabase", 10)).EvidenceText("en"), Does.StartWith("begun on 2026-11-23 09:30:00 UTC and not ended"));

    [Test]
    public void Before_the_first_run_every_line_waits()
    {
        var report = Sample.Of(_ => { });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Guide.Select(line => line.Id), Is.EqualTo(GuideCatalog.Lines));
            Assert.That(report.Guide.Select(line => line.Status), Is.All.EqualTo(StepStatus.Pending));
            Assert.That(report.Outcome, Is.EqualTo("unfinished"));
            Assert.That(report.WritePauseMs, Is.Null);
        }
    }

    private static GuideLine Line(Action<JournalBuilder> write) => Sample.Of(write).Guide[0];

    // Waived steps come from people's decisions, which the journal's writer does not offer yet.
    private static StepStatus Worst(params StepStatus[] statuses)
    {
        var steps = statuses.Select((status, i) => new StepState($"Step{i}", status, null, null, null, null, null, null, null, TimeSpan.Zero, 1)).ToList();
        var journal = JournalSnapshot.Empty with { Steps = steps.ToDictionary(step => step.Name) };
        return ReportBuilder.Build(journal, [.. steps.Select(step => new GuideStep("1.1", step.Name))], new ReportFacts("1", "settings", false)).Guide[0].Status;
    }
}
