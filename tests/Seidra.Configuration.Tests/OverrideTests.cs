namespace Seidra.Configuration.Tests;

public class OverrideTests
{
    [Test]
    public void The_command_line_comes_before_the_environment_before_the_file_before_the_default()
    {
        (string, string)[] environment = [("SEIDRA__FREEZE__DEADLINESECONDS", "50"), ("SEIDRA__FREEZE__CATCHUPPASSES", "7")];
        var settings = Given.Load(Given.And("freeze: {deadlineSeconds: 40, catchUpPasses: 6, lockTimeoutMs: 3000}"), [("freeze.deadlineSeconds", "60")], environment);

        Assert.That(settings.Freeze, Is.EqualTo(new FreezeSettings { DeadlineSeconds = 60, CatchUpPasses = 7, LockTimeoutMs = 3000 }));
    }

    [Test]
    public void The_last_of_two_sets_counts() =>
        Assert.That(Given.Load(Given.Minimal, [("demo.username", "a"), ("demo.username", "b")]).Demo.Username, Is.EqualTo("b"));

    [TestCase("SEIDRA__CLASSIC__PATHPREFIXES")]
    [TestCase("SEIDRA__CLASSIC__PATH_PREFIXES")]
    [TestCase("SEIDRA__classic__pathPrefixes")]
    public void A_variable_may_be_written_in_any_case_and_with_underscores(string name) =>
        Assert.That(Given.Load(Given.Minimal, environment: [(name, "[/a/, /b/]")]).Classic.PathPrefixes, Is.EqualTo(new[] { "/a/", "/b/" }));

    [Test]
    public void Lists_are_set_whole_as_YAML_or_JSON_or_by_index()
    {
        var settings = Given.Load(Given.And("report: {signers: [x, y]}"),
            [("quality.command", "[\"./a b\", -c]"), ("report.signers.1", "z"), ("report.signers.2", "with: colon"), ("release.command", "[]")],
            [("SEIDRA__QUALITY__UNITTESTS__0", "first.xml")]);

        Assert.Multiple(() =>
        {
            Assert.That(settings.Quality.Command, Is.EqualTo(new[] { "./a b", "-c" }));
            Assert.That(settings.Report.Signers, Is.EqualTo(new[] { "x", "z", "with: colon" }));
            Assert.That(settings.Release.Command, Is.Empty);
            Assert.That(settings.Quality.UnitTests, Is.EqualTo(new[] { "first.xml" }), "an index begins a list that the file does not have");
        });
    }

    [Test]
    public void A_section_is_set_whole_and_refined_by_its_keys()
    {
        var settings = Given.Load(Given.Minimal, environment:
        [
            ("SEIDRA__ULTIMATE__MEDIA__BUCKET__URL", "file:///other"),
            ("SEIDRA__ULTIMATE__MEDIA__BUCKET", "{url: file:///bucket, region: eu}"),
        ]);

        Assert.That(settings.Ultimate.Media.Bucket, Is.EqualTo(new StoreSettings { Url = "file:///other", Region = "eu" }));
    }

    [Test]
    public void A_text_is_taken_as_it_is_and_nothing_means_the_default()
    {
        var settings = Given.Load(Given.And("demo: {username: guest}\nbackup: {directory: /b}"),
            [("tools.git", "[not, a: list]"), ("demo.username", "")], [("SEIDRA__BACKUP__DIRECTORY", "null")]);

        Assert.Multiple(() =>
        {
            Assert.That(settings.Tools.Git, Is.EqualTo("[not, a: list]"));
            Assert.That(settings.Demo.Username, Is.EqualTo("demo"));
            Assert.That(settings.Backup.Directory, Is.Null);
        });
    }

    [TestCase("SEIDRA__FREEZ__DEADLINESECONDS", "SEIDRA__FREEZE__DEADLINESECONDS")]
    [TestCase("SEIDRA__FREEZE__DEADLINESECOND", "SEIDRA__FREEZE__DEADLINESECONDS")]
    [TestCase("SEIDRA__FREEZE__DEADLINESECONDS__X", "SEIDRA__FREEZE__DEADLINESECONDS")]
    [TestCase("SEIDRA__", null)]
    [TestCase("SEIDRA__QQQQQ", null)]
    public void An_unknown_variable_is_a_problem(string name, string? nearest) =>
        Assert.That(Given.Problem(Given.Minimal, environment: [(name, "1")]), Is.EqualTo(new SettingsProblem(null, null, name, "unknown key", nearest)));

    [TestCase("freeze.deadlineSecond", "freeze.deadlineSeconds")]
    [TestCase("Freeze.DeadlineSeconds", "freeze.deadlineSeconds")]
    [TestCase("classic.pathPrefixes.x", "classic.pathPrefixes")]
    [TestCase("classic.pathPrefixes.-1", "classic.pathPrefixes")]
    [TestCase("", null)]
    public void An_unknown_key_on_the_command_line_is_a_problem(string key, string? nearest) =>
        Assert.That(Given.Problem(Given.Minimal, [(key, "1")]), Is.EqualTo(new SettingsProblem(null, null, key, "unknown key", nearest)));

    [TestCase("freeze.deadlineSeconds", "soon", "--set: expected a whole number, found 'soon'")]
    [TestCase("quality.command", "make check", "--set: expected a list such as [first, second], found a single value")]
    [TestCase("quality.command", "[a, b", "--set: expected YAML, found at column 1: ")]
    [TestCase("quality.command", "*a", "--set: expected no aliases")]
    [TestCase("classic", "x", "--set: expected a section of keys and values, found a single value")]
    public void A_wrong_value_is_told_with_its_source(string key, string value, string message) =>
        Assert.That(Given.Problems(Given.Minimal, [(key, value)]).Select(p => p.Message), Has.Some.StartsWith(message));

    [Test]
    public void An_index_past_the_end_is_a_problem() =>
        Assert.That(Given.Problem(Given.Minimal, [("report.signers.1", "x")]).Message, Does.Contain("an index up to 0"));

    [TestCase("SEIDRA__CLASSIC__DATABASE__PASSWORD")]
    [TestCase("SEIDRA__TRAFFIC__ADMIN_TOKEN")]
    public void A_secret_is_a_reference_in_the_environment_too(string name)
    {
        Assert.That(Given.Load(Given.Minimal, environment: [(name, "${DB_PASSWORD}")]).Describe(), Does.Contain("*** ${DB_PASSWORD}  (environment variable " + name));
        var problem = Given.Problem(Given.Minimal, environment: [(name, Given.SecretValue)]);
        Assert.That(problem.ToString(), Does.Contain("only ever references").And.Not.Contain(Given.SecretValue));
    }
}
