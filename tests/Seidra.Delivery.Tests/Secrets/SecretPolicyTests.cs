namespace Seidra.Delivery.Tests;

public sealed class SecretPolicyTests
{
    private static Dictionary<string, string> Good() => new()
    {
        ["SEIDRA_DATABASE_URL"] = "postgresql+psycopg://seidra:gX7pQ2@ultimate-db:5432/seidra",
        ["JWT_SECRET"] = SecretGenerator.Generate(),
        ["SEIDRA_DEFAULT_USER_PASSWORD"] = SecretGenerator.Generate(20),
        ["SEIDRA_WS_TOKEN"] = SecretGenerator.Generate(),
    };

    private static IEnumerable<(string, SecretFault)> Faults(Dictionary<string, string> values) => SecretPolicy.Check(values).Select(problem => (problem.Name, problem.Fault));

    [Test]
    public void Generated_values_and_a_database_with_driver_are_good()
    {
        Assert.That(SecretPolicy.Check(Good()), Is.Empty);
    }

    [Test]
    public void All_missing_names_are_told_at_once()
    {
        Assert.That(Faults([]), Is.EqualTo(new[]
        {
            ("SEIDRA_DATABASE_URL", SecretFault.Missing), ("JWT_SECRET", SecretFault.Missing),
            ("SEIDRA_DEFAULT_USER_PASSWORD", SecretFault.Missing), ("SEIDRA_WS_TOKEN", SecretFault.Missing),
        }));
    }

    [Test]
    public void The_name_of_the_documentation_is_not_the_name_that_is_read()
    {
        var values = Good();
        values["SECRET_KEY"] = values["JWT_SECRET"];
        values.Remove("JWT_SECRET");

        Assert.That(SecretPolicy.Check(values).Single().Message, Does.Contain("the backend reads JWT_SECRET"));
    }

    [TestCase("JWT_SECRET", "seidra-mystical-secret-key-change-in-production", SecretFault.KnownDefault)]
    [TestCase("JWT_SECRET", "only-20-characters-x", SecretFault.Weak)]
    [TestCase("JWT_SECRET", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", SecretFault.Weak)]
    [TestCase("SEIDRA_WS_TOKEN", "ultimate-demo-token", SecretFault.KnownDefault)]
    [TestCase("SEIDRA_DEFAULT_USER_PASSWORD", "demo", SecretFault.KnownDefault)]
    [TestCase("SEIDRA_DEFAULT_USER_PASSWORD", "password", SecretFault.KnownDefault)]
    [TestCase("SEIDRA_DEFAULT_USER_PASSWORD", "ChangeMe", SecretFault.KnownDefault)]
    [TestCase("SEIDRA_DEFAULT_USER_PASSWORD", "elevenchars", SecretFault.Weak)]
    [TestCase("SEIDRA_MINIO_ACCESS_KEY", "admin", SecretFault.KnownDefault)]
    [TestCase("SEIDRA_MINIO_SECRET_KEY", "password", SecretFault.KnownDefault)]
    [TestCase("SEIDRA_MINIO_SECRET_KEY", "minioadmin", SecretFault.KnownDefault)]
    [TestCase("SEIDRA_MINIO_SECRET_KEY", "short", SecretFault.Weak)]
    [TestCase("SEIDRA_DATABASE_URL", "postgresql://u:gX7pQ2@db:5432/seidra", SecretFault.Malformed)]
    [TestCase("SEIDRA_DATABASE_URL", "postgresql+asyncpg://u:gX7pQ2@db:5432/seidra", SecretFault.Malformed)]
    [TestCase("SEIDRA_DATABASE_URL", "postgresql+psycopg://seidra:seidra@db:5432/seidra", SecretFault.KnownDefault)]
    [TestCase("SEIDRA_DATABASE_URL", "postgresql+psycopg://", SecretFault.Malformed)]
    [TestCase("SEIDRA_DATABASE_URL", "mysql://db/seidra", SecretFault.Malformed)]
    [TestCase("SEIDRA_REDIS_URL", "localhost:6379", SecretFault.Malformed)]
    [TestCase("SEIDRA_CELERY_BROKER", "redis://:password@redis:6379/1", SecretFault.KnownDefault)]
    [TestCase("GF_SECURITY_ADMIN_PASSWORD", "change-me-grafana", SecretFault.KnownDefault)]
    [TestCase("POSTGRES_PASSWORD", "seidra", SecretFault.KnownDefault)]
    [TestCase("MINIO_ROOT_PASSWORD", "password", SecretFault.KnownDefault)]
    public void What_upstream_ships_and_what_is_weak_is_refused_by_name_and_never_shown(string name, string value, SecretFault fault)
    {
        var values = Good();
        values[name] = value;

        var problem = SecretPolicy.Check(values).Single();

        Assert.That((problem.Name, problem.Fault), Is.EqualTo((name, fault)));
        var safe = problem.Message.Replace(name, "", StringComparison.Ordinal).Replace("postgresql+psycopg://user:password@", "", StringComparison.Ordinal);
        Assert.That(safe, Does.Not.Contain(value).And.Not.Contain("gX7pQ2"));
    }

    [TestCase("SEIDRA_DATABASE_URL", "sqlite:////srv/seidra/ultimate.db")]
    [TestCase("SEIDRA_REDIS_URL", "redis://redis:6379/0")]
    [TestCase("SEIDRA_RATE_LIMIT_REDIS_URL", "rediss://:gX7pQ2@redis:6380/2")]
    [TestCase("POSTGRES_USER", "seidra")]
    [TestCase("SEIDRA_MINIO_BUCKET", "seidra")]
    public void What_is_no_secret_or_is_good_passes(string name, string value)
    {
        var values = Good();
        values[name] = value;

        Assert.That(SecretPolicy.Check(values), Is.Empty);
    }

    [Test]
    public void Generated_values_differ_and_use_the_whole_alphabet_and_nothing_else()
    {
        var values = Enumerable.Range(0, 1000).Select(_ => SecretGenerator.Generate()).ToList();

        Assert.That(values, Is.Unique);
        Assert.That(values, Has.All.Length.EqualTo(43));
        Assert.That(string.Concat(values).Distinct(), Is.EquivalentTo(SecretGenerator.Alphabet));
        Assert.That(() => SecretGenerator.Generate(8), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}
