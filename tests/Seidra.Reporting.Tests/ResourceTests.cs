using System.Text.RegularExpressions;
using Seidra.Journal;

namespace Seidra.Reporting.Tests;

/// <summary>Both languages say everything, and nothing that nobody asks for.</summary>
[TestFixture]
public sealed partial class ResourceTests
{
    private static readonly IReadOnlyDictionary<string, string> English = TextFile.Of("en");
    private static readonly IReadOnlyDictionary<string, string> French = TextFile.Of("fr");

    // What each step records when it passes; the steps that can only wait have no sentence of their own yet.
    private static readonly Dictionary<string, string> Figures = new()
    {
        ["BackupDatabase"] = "tables, rows, files, bytes, sha256",
        ["VerifyBackup"] = "tables, rows, checksumsEqual",
        ["ExportMedia"] = "objects, bytes, copied, verified, manifestSha256",
        ["CheckSchema"] = "shape, revision, tables, unmapped, problems",
        ["CloneUltimate"] = "commit, files",
        ["PrepareStaging"] = "tables, columns, indexes, revision",
        ["StartStaging"] = "url, attempts, successes",
        ["MigrateDatabase"] = "sourceRows, migratedRows, quarantinedRows, checksumsEqual, compared, quarantinedByReason, notesByReason",
        ["SyncMedia"] = "objects, bytes, copied, verified, places",
        ["CrossCheck"] = "rows, objects, missing, orphaned",
        ["RunQa"] = "tests, passed, failed, skipped, flaky",
        ["CheckBackendCoverage"] = "percent, minimum, linesCovered, linesValid",
        ["CheckFrontendCoverage"] = "percent, minimum, linesCovered, linesValid",
        ["RunEndToEnd"] = "tests, passed, failed, skipped, flaky",
        ["PrepareSecrets"] = "names, generated, kept",
        ["DeployProduction"] = "url, attempts",
        ["CheckHealth"] = "checks, successes, databaseRows, mediaFiles",
        ["FreezeClassic"] = "sourceRows, migratedRows, quarantinedRows, checksumsEqual, compared, quarantinedByReason, notesByReason, passes, tables, refused",
        ["CatchUp"] = "changed, rowsVerified, objects, bytes, copied, verified",
        ["SwitchTraffic"] = "target, pauseMs, probes",
        ["RotateDemoAccount"] = "newAccepted, oldRefused",
        ["ReviewRunbook"] = "by, at",
        ["FinalChecklist"] = "lines, passed, pending",
        ["ReleaseClassic"] = "command",
    };

    private static IEnumerable<string> Steps => Figures.Keys;

    private static IEnumerable<string> Keys => English.Keys.Order();

    [Test]
    public void The_French_texts_travel_in_a_satellite_assembly() =>
        Assert.That(typeof(Text).Assembly.GetSatelliteAssembly(new System.Globalization.CultureInfo("fr")).GetName().Name, Is.EqualTo("Seidra.Reporting.resources"));

    [Test]
    public void Both_languages_have_the_same_keys() => Assert.That(French.Keys, Is.EquivalentTo(English.Keys));

    [Test]
    public void Both_languages_tell_the_same_figures() =>
        Assert.That(Keys.Where(key => !TextFile.Placeholders(French[key]).SequenceEqual(TextFile.Placeholders(English[key]))), Is.Empty);

    [Test]
    public void No_text_is_empty() =>
        Assert.That(Keys.Where(key => string.IsNullOrWhiteSpace(English[key]) || string.IsNullOrWhiteSpace(French[key])), Is.Empty);

    [Test]
    public void French_punctuation_is_never_torn_from_its_word() => Assert.That(Keys.Where(key => BareSpace().IsMatch(French[key])), Is.Empty);

    [Test]
    public void Apostrophes_are_typographic() => Assert.That(Keys.Where(key => (English[key] + French[key]).Contains('\'')), Is.Empty);

    [TestCaseSource(nameof(Steps))]
    public void Every_step_tells_only_figures_that_it_records(string step)
    {
        var recorded = Figures[step].Split(", ");
        var sentences = new[] { English, French }.SelectMany(texts => texts.Where(text => text.Key == $"Evidence.{step}" || text.Key.StartsWith($"Evidence.{step}.", StringComparison.Ordinal))).ToList();

        Assert.That(sentences, Has.Count.AtLeast(2));
        Assert.That(sentences.SelectMany(text => TextFile.Placeholders(text.Value)).Distinct(), Is.SubsetOf(recorded));
    }

    [Test]
    public void Every_text_is_used()
    {
        var (reporting, program, database) =
            (Repository.Sources("src", "Seidra.Reporting"), Repository.Sources("build"), Repository.Sources("src", "Seidra.Database"));
        Assert.That(Keys.Where(key => !IsUsed(key, key[(key.IndexOf('.') + 1)..])), Is.Empty);

        bool IsUsed(string key, string name) => reporting.Contains($"\"{key}\"", StringComparison.Ordinal) || key.Split('.')[0] switch
        {
            "Guide" => GuideCatalog.Lines.Contains(name),
            "Status" => Enum.TryParse<StepStatus>(name, out _),
            "Evidence" => Figures.ContainsKey(name.Split('.')[0]),
            "Pending" => (program + reporting).Contains($"\"{name}\"", StringComparison.Ordinal),
            "Reason" => database.Contains($"\"{name}\"", StringComparison.Ordinal),
            "Report" => reporting.Contains($"\"{name.Replace("Outcome.", "")}\"", StringComparison.Ordinal),
            _ => false,
        };
    }

    [Test]
    public void Every_line_of_the_guide_has_a_title() =>
        Assert.That(GuideCatalog.Lines.Select(id => $"Guide.{id}"), Is.SubsetOf(English.Keys));

    [Test]
    public void Every_status_has_a_name() =>
        Assert.That(Enum.GetNames<StepStatus>().Select(status => $"Status.{status}"), Is.SubsetOf(English.Keys));

    [Test]
    public void Every_reason_of_the_program_to_wait_has_words() =>
        Assert.That(PendingReason().Matches(Repository.Sources("build")).Select(match => $"Pending.{match.Groups[1].Value}").Distinct(), Is.SubsetOf(English.Keys).And.Not.Empty);

    [Test]
    public void Every_verdict_on_a_row_has_words() =>
        Assert.That(
            Constant().Matches(ReasonsClass().Match(Repository.Sources("src", "Seidra.Database")).Value).Select(match => $"Reason.{match.Groups[1].Value}"),
            Is.SubsetOf(English.Keys).And.Not.Empty);

    [GeneratedRegex("(?<=[^ ]) [:;?!%»]")]
    private static partial Regex BareSpace();

    [GeneratedRegex("""Outcome\.Pending\("([^"]+)"\)""")]
    private static partial Regex PendingReason();

    [GeneratedRegex(@"static class Reasons\s*\{[^}]*\}")]
    private static partial Regex ReasonsClass();

    [GeneratedRegex("const string \\w+ = \"([^\"]+)\"")]
    private static partial Regex Constant();
}
