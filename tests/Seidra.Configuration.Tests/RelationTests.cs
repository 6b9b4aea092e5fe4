namespace Seidra.Configuration.Tests;

public class RelationTests
{
    private const string Database = "    url: postgresql://seidra@ultimate-db:5432/seidra";
    private const string Directory = "    directory: /srv/ultimate/media";

    [Test]
    public void A_bucket_needs_endpoint_and_keys()
    {
        var problems = Given.Problems(Given.With(Directory, "    bucket: {url: s3://seidra-media}"));

        Assert.That(problems.Select(p => (p.Line, p.Key)), Is.EqualTo(new[]
        {
            (17, "ultimate.media.bucket.endpoint"), (17, "ultimate.media.bucket.accessKey"), (17, "ultimate.media.bucket.secretKey"),
        }));
    }

    [Test]
    public void A_directory_takes_no_keys()
    {
        var problems = Given.Problems(Given.With("    url: file:///srv/classic/media", "    url: file:///srv/classic/media\n    endpoint: http://x\n    accessKey: ${DB_PASSWORD}"));

        Assert.That(problems.Select(p => (p.Line, p.Key)), Is.EqualTo(new[] { (9, "classic.media.endpoint"), (10, "classic.media.accessKey") }));
    }

    [Test]
    public void Sqlite_takes_no_password()
    {
        var problem = Given.Problem(Given.With("    url: postgresql://seidra@classic-db:5432/seidra", "    url: sqlite:///srv/classic.db"));

        Assert.That(problem.Key, Is.EqualTo("classic.database.password"));
    }

    [TestCase("postgresql://seidra@classic-db:5432/seidra")]
    [TestCase("postgresql+psycopg://seidra@classic-db:5432/seidra")]
    public void Both_sides_on_one_database_are_refused(string url) =>
        Assert.That(Given.Problem(Given.With(Database, "    url: " + url)).Key, Is.EqualTo("ultimate.database.url"));

    [Test]
    public void Both_sides_on_one_store_are_refused()
    {
        Assert.That(Given.Problem(Given.With(Directory, "    directory: /srv/classic/media/")).Key, Is.EqualTo("ultimate.media.directory"));
        Assert.That(Given.Problem(Given.With(Directory, "    bucket: {url: file:///srv/classic/media}")).Key, Is.EqualTo("ultimate.media.bucket.url"));
    }

    [Test]
    public void The_drill_may_not_use_the_database_that_it_would_drop() =>
        Assert.That(Given.Problem(Given.With(Database, Database + "\n    scratch: seidra")).Key, Is.EqualTo("ultimate.database.scratch"));

    [Test]
    public void A_front_door_needs_its_addresses_and_token() => Assert.That(
        Given.Problems(Given.And("traffic: {provider: door}")).Select(p => p.Key),
        Is.EqualTo(new[] { "traffic.url", "traffic.adminUrl", "traffic.adminToken" }));

    [Test]
    public void A_value_that_is_wrong_is_not_told_as_missing_too() =>
        Assert.That(Given.Problem(Given.With(Directory, "    directory: [a]")).Message, Does.Contain("found a list"));
}
