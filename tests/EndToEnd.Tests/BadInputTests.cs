namespace Seidra.EndToEnd.Tests;

/// <summary>Bad input: a clear error, a documented exit code, and nothing changed.</summary>
[TestFixture]
public sealed class BadInputTests : IDisposable
{
    private readonly CutoverProgram _program = new();

    public void Dispose() => _program.Dispose();

    [TestCase(new[] { "--targte=Cutover" }, "--target")]
    [TestCase(new[] { "--target=Cutovr" }, "Cutover")]
    [TestCase(new[] { "--target=Cutover", "--settings=absent.yaml" }, "absent.yaml")]
    [TestCase(new[] { "--target=Cutover", "--profile=embeded" }, "embedded")]
    [TestCase(new[] { "--target=Cutover", "--lang=de" }, "fr")]
    [TestCase(new[] { "--target=Cutover", "--set", "nonsense" }, "key=value")]
    [TestCase(new[] { "--target=Cutover", "--rehearsal-rows=many" }, "number")]
    public async Task Wrong_usage_ends_with_2_and_touches_nothing(string[] arguments, string named)
    {
        var result = await _program.RunAsync(arguments);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(2), result.ToString());
            Assert.That(result.Errors, Does.Contain(named), result.ToString());
            Assert.That(Directory.Exists(_program.State), Is.False, "no state folder is made");
        }
    }

    [Test]
    public async Task All_problems_of_the_settings_are_told_at_once()
    {
        var result = await WithSettings("instnce: x", "classic:", "  url: ftp://nowhere");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(2), result.ToString());
            Assert.That(result.Errors, Does.Contain("instance").And.Contain("ftp").And.Contain("ultimate"), result.ToString());
            Assert.That(Directory.Exists(_program.State), Is.False);
        }
    }

    [Test]
    public async Task A_database_that_is_none_is_named_before_anything_acts()
    {
        File.WriteAllText(Path.Combine(_program.Folder, "classic.db"), "this is not a database, but it is long enough to be read as a header");
        var result = await WithSettings(Settings("classic.db"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(3), result.ToString());
            Assert.That(result.Errors, Does.Contain("classic.db"), result.ToString());
            Assert.That(result.Errors, Does.Contain("media"), "the empty media store is told in the same run");
            Assert.That(File.Exists(Path.Combine(_program.Folder, "ultimate.db")), Is.False, "Ultimate's database is not made");
            Assert.That(_program.Journal.Steps, Is.Empty);
        }
    }

    [Test]
    public async Task A_journal_of_another_instance_is_refused()
    {
        Seidra.Journal.MigrationJournal.Open(_program.State, "somebody-else").Dispose();
        var result = await _program.RunAsync(["--target=Cutover", .. CutoverProgram.Small]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(2), result.ToString());
            Assert.That(result.Errors, Does.Contain("somebody-else").And.Contain("--state"), result.ToString());
            Assert.That(Directory.Exists(Path.Combine(_program.State, "sandbox")), Is.False);
        }
    }

    [Test]
    public async Task A_single_step_does_not_bypass_its_gate()
    {
        var result = await _program.RunAsync(["--target=SyncMedia", "--exclusive", .. CutoverProgram.Small]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(3), result.ToString());
            Assert.That(result.Errors, Does.Contain("MigrateDatabase").And.Contain("ExportMedia"), result.ToString());
        }
    }

    [Test]
    public async Task Releasing_Classic_before_the_cutover_is_refused()
    {
        var result = await _program.RunAsync(["--target=ReleaseClassic", .. CutoverProgram.Small]);

        Assert.That(result.ExitCode, Is.EqualTo(3), result.ToString());
        Assert.That(result.Errors, Does.Contain("FinalChecklist"));
    }

    private async Task<ProgramResult> WithSettings(params string[] lines)
    {
        await File.WriteAllLinesAsync(Path.Combine(_program.Folder, "seidra.yaml"), lines);
        return await _program.RunAsync("--target=Cutover");
    }

    private string[] Settings(string classicDatabase)
    {
        Directory.CreateDirectory(Path.Combine(_program.Folder, "media"));
        return
        [
            "instance: bad-input",
            "classic:",
            "  url: http://127.0.0.1:9",
            $"  database: {{ url: 'sqlite://{Path.Combine(_program.Folder, classicDatabase)}' }}",
            $"  media: {{ url: 'file://{Path.Combine(_program.Folder, "media")}' }}",
            "ultimate:",
            "  url: http://127.0.0.1:9",
            $"  repository: {{ url: 'file://{_program.Folder}', commit: '{new string('a', 40)}' }}",
            $"  database: {{ url: 'sqlite://{Path.Combine(_program.Folder, "ultimate.db")}' }}",
            $"  media: {{ directory: '{Path.Combine(_program.Folder, "ultimate-media")}' }}",
        ];
    }
}
