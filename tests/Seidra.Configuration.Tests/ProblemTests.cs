namespace Seidra.Configuration.Tests;

public class ProblemTests
{
    [Test]
    public void All_problems_are_told_at_once_each_with_file_line_key_and_the_nearest_name()
    {
        var error = Assert.Throws<SettingsException>(() => Given.Load("""
            instanse: my studio
            classic:
              url: classic:8000
              databse:
                url: x
              media: s3://seidra-media
            ultimate:
              url: http://ultimate:8000
              repository: {url: https://git.example/u.git, commit: main}
              database:
                url: mysql://u@h/db
                password: plain-text-password
              media: {}
            freeze:
              deadlineSeconds: soon
              lockTimeoutMs: 1
              deadlineSeconds: 7
            staging: {runtime: proces}
            """, [("quality.comand.0", "x")], [("SEIDRA__TRAFIC__URL", "x")]));

        var lines = error.Problems.Select(p => $"{p.Line}|{p.Key}|{p.Message}|{p.Nearest}").ToArray();
        Assert.That(lines, Is.EqualTo(new[]
        {
            "1|instanse|unknown key|instance",
            "1|instance|expected a value, found none: this key is required|",
            "2|classic.database.url|expected a value, found none: this key is required|",
            "3|classic.url|expected a web address such as http://host:8000, found a text without '://'|",
            "4|classic.databse|unknown key|database",
            "6|classic.media|expected a section of keys and values, found a single value|",
            "6|classic.media.url|expected a value, found none: this key is required|",
            "9|ultimate.repository.commit|expected a full commit id: 40 lower-case hex digits, found 'main'|",
            "11|ultimate.database.url|expected postgresql://user@host:5432/database or sqlite:///absolute/path.db, found the scheme 'mysql'|",
            "12|ultimate.database.password|expected a reference, found something else (not repeated here): secrets are only ever references. Put the value into an environment variable and write ${NAME}, or into a file and write file:/path|",
            "13|ultimate.media|expected bucket, directory or both, found neither; the backend serves its media from the directory|",
            "15|freeze.deadlineSeconds|expected a whole number, found 'soon'|",
            "16|freeze.lockTimeoutMs|expected a number from 10 to 600000, found 1|",
            "17|freeze.deadlineSeconds|expected each key once, found it a second time|",
            "18|staging.runtime|expected one of compose, process, found 'proces' (did you mean 'process'?)|",
            "|SEIDRA__TRAFIC__URL|unknown key|SEIDRA__TRAFFIC__URL",
            "|quality.comand.0|unknown key|quality.command",
        }));
        Assert.Multiple(() =>
        {
            Assert.That(error.Problems.Where(p => p.Line is not null).Select(p => Path.GetFileName(p.File)), Has.All.EqualTo("seidra.yaml"));
            Assert.That(error.Message.Split('\n'), Has.Length.EqualTo(18));
            Assert.That(error.Message, Does.Contain("seidra.yaml:1: instanse: unknown key (did you mean 'instance'?)"));
            Assert.That(error.Message, Does.Not.Contain("plain-text-password"));
        });
    }

    [TestCase("freeze: {deadlineSeconds: 0}", "freeze.deadlineSeconds", "from 1 to 3600, found 0")]
    [TestCase("freeze: {deadlineSeconds: 3601}", "freeze.deadlineSeconds", "from 1 to 3600, found 3601")]
    [TestCase("freeze: {deadlineSeconds: 99999999999}", "freeze.deadlineSeconds", "a whole number")]
    [TestCase("freeze: {deadlineSeconds: 1.5}", "freeze.deadlineSeconds", "a whole number")]
    [TestCase("freeze: {deadlineSeconds: \"30\"}", "freeze.deadlineSeconds", "in quotes")]
    [TestCase("freeze: {deadlineSeconds: [30]}", "freeze.deadlineSeconds", "found a list")]
    [TestCase("freeze: {deadlineSeconds: 2, lockTimeoutMs: 2000}", "freeze.lockTimeoutMs", "less than freeze.deadlineSeconds (2 s)")]
    [TestCase("freeze: 30", "freeze", "a section of keys and values, found a single value")]
    [TestCase("freeze: []", "freeze", "found a list")]
    [TestCase("quality: {backendMinimum: NaN}", "quality.backendMinimum", "from 0 to 100")]
    [TestCase("quality: {backendMinimum: 101}", "quality.backendMinimum", "from 0 to 100")]
    [TestCase("quality: {backendMinimum: 85%}", "quality.backendMinimum", "a number, found '85%'")]
    [TestCase("quality: {standIn: yes}", "quality.standIn", "true or false, found 'yes'")]
    [TestCase("quality: {command: ./x}", "quality.command", "a list such as [first, second]")]
    [TestCase("quality: {command: [[a]]}", "quality.command", "texts in the list, found a list as number 1")]
    [TestCase("quality: {command: [a, null]}", "quality.command", "found nothing as number 2")]
    [TestCase("quality: {reports: \"\"}", "quality.reports", "an empty one")]
    [TestCase("quality: {reports: {a: b}}", "quality.reports", "found a section")]
    [TestCase("quality: {reports: \"a\\e[2Jb\"}", "quality.reports", "control characters")]
    [TestCase("version: 2", "version", "expected 1, found 2")]
    [TestCase("secrets: {provider: vault}", "secrets.provider", "one of env-file")]
    [TestCase("workflows: {provider: github}", "workflows.provider", "one of none")]
    [TestCase("staging: {runtime: Compose}", "staging.runtime", "did you mean 'compose'?")]
    [TestCase("staging: {runtime: process}", "staging.command", "since staging.runtime is process, found none")]
    [TestCase("production: {runtime: process, command: []}", "production.command", "since production.runtime is process, found none")]
    [TestCase("backup: {directory: ~/backup}", "backup.directory", "'~'")]
    [TestCase("backup: {directory: \"a\\0b\"}", "backup.directory", "control characters")]
    public void A_wrong_value_is_told_with_what_was_expected(string yaml, string key, string message)
    {
        var problem = Given.Problem(Given.And(yaml));

        Assert.Multiple(() =>
        {
            Assert.That(problem.Key, Is.EqualTo(key));
            Assert.That(problem.Line, Is.EqualTo(18));
            Assert.That(problem.Message, Does.StartWith("expected ").And.Contain(message));
        });
    }

    [TestCase("freez: {}", "freez", "freeze")]
    [TestCase("freeze: {deadlineseconds: 1}", "freeze.deadlineseconds", "deadlineSeconds")]
    [TestCase("freeze: {password: x}", "freeze.password", "classic.database.password")]
    [TestCase("password: x", "password", "classic.database.password")]
    [TestCase("zzzzzzzz: x", "zzzzzzzz", null)]
    [TestCase("\"a\\e[2J\": x", "a\\u001b[2J", null)]
    public void An_unknown_key_is_told_with_the_nearest_known_one_and_never_with_its_value(string yaml, string key, string? nearest)
    {
        var problem = Given.Problem(Given.And(yaml));

        Assert.That(problem, Is.EqualTo(new SettingsProblem(problem.File, 18, key, "unknown key", nearest)));
    }

    [TestCase("instance: my-studio", "instance")]
    [TestCase("  url: http://classic:8000", "classic.url")]
    [TestCase("    url: postgresql://seidra@classic-db:5432/seidra", "classic.database.url")]
    [TestCase("    url: file:///srv/classic/media", "classic.media.url")]
    [TestCase("    commit: 0123456789abcdef0123456789abcdef01234567", "ultimate.repository.commit")]
    public void A_missing_key_is_told_at_its_section(string line, string key)
    {
        var problem = Given.Problem(Given.With(line, ""));

        Assert.Multiple(() =>
        {
            Assert.That(problem.Key, Is.EqualTo(key));
            Assert.That(problem.Message, Does.Contain("required"));
            Assert.That(problem.Line, Is.Not.Null);
        });
    }

    [Test]
    public void An_empty_file_tells_every_required_key()
    {
        Assert.That(Given.Problems("").Select(p => p.Key), Is.EqualTo(new[]
        {
            "instance", "classic.url", "classic.database.url", "classic.media.url", "ultimate.url", "ultimate.repository.url",
            "ultimate.repository.commit", "ultimate.database.url", "ultimate.media",
        }));
    }

    [TestCase("my studio")]
    [TestCase("../other")]
    [TestCase("-x")]
    [TestCase("\"a\\n\"")]
    public void An_instance_is_a_plain_name(string name) =>
        Assert.That(Given.Problem(Given.With("instance: my-studio", "instance: " + name)).Key, Is.EqualTo("instance"));
}
