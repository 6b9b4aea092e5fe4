namespace Seidra.Configuration.Tests;

public class UrlTests
{
    private const string Database = "    url: postgresql://seidra@ultimate-db:5432/seidra";
    private const string Media = "    url: file:///srv/classic/media";
    private const string Repository = "    url: https://git.example/ultimate.git";
    private const string Web = "  url: http://classic:8000";

    [TestCase(Database, "postgresql://h/db")]
    [TestCase(Database, "postgresql://u@h:5432/db?sslmode=require")]
    [TestCase(Database, "postgresql+psycopg://u@h/db")]
    [TestCase(Database, "postgresql://u@[::1]:5432/db")]
    [TestCase(Database, "sqlite:///srv/ultimate.db")]
    [TestCase(Database, "sqlite:////srv/ultimate.db")]
    [TestCase(Media, "file:///srv/media")]
    [TestCase(Repository, "https://git.example/u.git")]
    [TestCase(Repository, "ssh://git@git.example:22/u.git")]
    [TestCase(Repository, "git@git.example:org/u.git")]
    [TestCase(Repository, "file:///srv/u.git")]
    [TestCase(Repository, "/srv/u.git")]
    [TestCase(Web, "https://classic.example")]
    [TestCase(Web, "http://127.0.0.1:18000/")]
    [TestCase(Web, "http://[::1]:8000")]
    public void A_right_address_is_taken(string line, string url) =>
        Assert.That(() => Given.Load(Given.With(line, line[..line.IndexOf(':')] + ": \"" + url + '"')), Throws.Nothing);

    [TestCase(Database, "postgres://u@h/db", "did you mean 'postgresql'?")]
    [TestCase(Database, "mysql://u@h/db", "scheme 'mysql'")]
    [TestCase(Database, "postgresql://u@h", "no database name")]
    [TestCase(Database, "postgresql://u@h/", "no database name")]
    [TestCase(Database, "postgresql://u@h/a/b", "more than a database name")]
    [TestCase(Database, "postgresql:///db", "no valid host")]
    [TestCase(Database, "postgresql://u@h:99999/db", "no valid host and port")]
    [TestCase(Database, "postgresql://u@h:port/db", "no valid host and port")]
    [TestCase(Database, "sqlite://relative.db", "no absolute path")]
    [TestCase(Database, "sqlite:///", "no absolute path")]
    [TestCase(Database, "/srv/ultimate.db", "without '://'")]
    [TestCase(Database, "://x", "without '://'")]
    [TestCase(Media, "s3://", "no bucket name")]
    [TestCase(Media, "s3://B_ucket", "no bucket name")]
    [TestCase(Media, "s3://bucket/folder", "no bucket name")]
    [TestCase(Media, "file://relative", "no absolute path")]
    [TestCase(Media, "http://minio:9000/bucket", "scheme 'http'")]
    [TestCase(Repository, "ftp://h/u.git", "scheme 'ftp'")]
    [TestCase(Repository, "ultimate", "without '://'")]
    [TestCase(Repository, "https://", "no valid host")]
    [TestCase(Web, "htp://h", "did you mean 'http'?")]
    [TestCase(Web, "http://h/api/health", "something after host and port")]
    [TestCase(Web, "http://h?x=1", "something after host and port")]
    [TestCase(Web, "http://user@h", "a user name")]
    [TestCase(Web, "http://", "no valid host")]
    [TestCase(Web, "http://a b", "no valid host")]
    public void A_wrong_address_is_told_with_the_right_form(string line, string url, string message)
    {
        var problems = Given.Problems(Given.With(line, line[..line.IndexOf(':')] + ": \"" + url + '"'));

        Assert.That(problems.Select(p => p.Message), Has.Some.StartsWith("expected ").And.Some.Contains(message));
    }

    [TestCase(Database, "postgresql://u:hunter2@h/db")]
    [TestCase(Database, "postgresql://u:hun/ter2@h/db")]
    [TestCase(Database, "postgresql://:hunter2@h/db")]
    [TestCase(Database, "postgresql://u:hun?ter2@h/db")]
    [TestCase(Database, "postgresql://h/db?password=hunter2")]
    [TestCase(Database, "postgresql://h/db?user=u&PASSWORD=hunter2")]
    [TestCase(Media, "s3://key:hunter2@bucket")]
    [TestCase(Repository, "https://u:hunter2@git.example/u.git")]
    [TestCase(Web, "http://u:hunter2@h")]
    public void A_password_in_an_address_is_refused_and_not_repeated(string line, string url)
    {
        var error = Assert.Throws<SettingsException>(() => Given.Load(Given.With(line, line[..line.IndexOf(':')] + ": \"" + url + '"')));

        Assert.Multiple(() =>
        {
            Assert.That(error.Message, Does.Contain("expected no password in a URL, found one"));
            Assert.That(error.Message, Does.Not.Contain("ter2"));
        });
    }

    [Test]
    public void For_a_database_the_message_says_how_the_password_is_written() => Assert.That(
        Given.Problem(Given.With(Database, "    url: postgresql://u:hunter2@h/db")).Message,
        Does.Contain("password: ${NAME} or password: file:/path"));
}
