namespace Seidra.Database.Tests.Endpoint;

public sealed class DatabaseEndpointTests
{
    [Test]
    public void A_postgresql_url_is_read_part_by_part()
    {
        var endpoint = DatabaseEndpoint.Parse("postgresql+psycopg://seidra%40home@db.example:6543/classic%20one?sslmode=require", "geheim");

        Assert.Multiple(() =>
        {
            Assert.That(endpoint.Kind, Is.EqualTo(DatabaseKind.PostgreSql));
            Assert.That(endpoint.Host, Is.EqualTo("db.example"));
            Assert.That(endpoint.Port, Is.EqualTo(6543));
            Assert.That(endpoint.User, Is.EqualTo("seidra@home"));
            Assert.That(endpoint.Database, Is.EqualTo("classic one"));
            Assert.That(endpoint.SslMode, Is.EqualTo(Npgsql.SslMode.Require));
            Assert.That(endpoint.ToString(), Does.Not.Contain("geheim"));
        });
    }

    [Test]
    public void Defaults_are_those_of_libpq()
    {
        var endpoint = DatabaseEndpoint.Parse("postgres://seidra@[::1]/seidra", null);

        Assert.Multiple(() =>
        {
            Assert.That(endpoint.Host, Is.EqualTo("::1"));
            Assert.That(endpoint.Port, Is.EqualTo(5432));
            Assert.That(endpoint.SslMode, Is.EqualTo(Npgsql.SslMode.Prefer));
            Assert.That(endpoint.Display, Is.EqualTo("postgresql://seidra@[::1]:5432/seidra"));
        });
    }

    [Test]
    public void A_socket_directory_is_a_host()
    {
        var endpoint = DatabaseEndpoint.Parse("postgresql://seidra@/seidra?host=%2Fvar%2Frun%2Fpostgresql", null);

        Assert.That(endpoint.Host, Is.EqualTo("/var/run/postgresql"));
    }

    [TestCase("sqlite:///srv/classic/seidra.db")]
    [TestCase("sqlite:////srv/classic/seidra.db")]
    [TestCase("sqlite+aiosqlite:///srv/classic/seidra.db")]
    public void A_sqlite_url_names_an_absolute_path(string url)
    {
        var endpoint = DatabaseEndpoint.Parse(url, null);

        Assert.That((endpoint.Kind, endpoint.Path), Is.EqualTo((DatabaseKind.Sqlite, "/srv/classic/seidra.db")));
    }

    [Test]
    public void Another_database_of_the_same_place_keeps_the_rest()
    {
        var server = DatabaseEndpoint.Parse("postgresql://seidra@db/seidra?sslmode=verify-full&sslrootcert=/ca.pem", "p").WithDatabase("drill");
        var file = DatabaseEndpoint.Parse("sqlite:///srv/seidra.db").WithDatabase("drill.db");

        Assert.Multiple(() =>
        {
            Assert.That(server.Display, Is.EqualTo("postgresql://seidra@db:5432/drill"));
            Assert.That((server.Password, server.SslRootCertificate), Is.EqualTo(("p", "/ca.pem")));
            Assert.That(file.Path, Is.EqualTo("/srv/drill.db"));
        });
    }

    [TestCase("seidra.db", "no scheme")]
    [TestCase("mysql://seidra@db/seidra", "'mysql'")]
    [TestCase("postgresql://seidra@db", "no database")]
    [TestCase("postgresql://db/seidra", "no user")]
    [TestCase("postgresql://seidra@/seidra", "no host")]
    [TestCase("postgresql://seidra@db/seidra?sslmod=require", "'sslmod'")]
    [TestCase("postgresql://seidra@db/seidra?sslmode=on", "sslmode=on")]
    [TestCase("postgresql://seidra@db:port/seidra", "port 'port'")]
    [TestCase("sqlite://seidra.db", "three slashes")]
    [TestCase("sqlite:///", "no file")]
    [TestCase("sqlite:///srv/x.db?mode=ro", "options")]
    public void A_wrong_url_is_refused_by_what_is_wrong(string url, string named)
    {
        Assert.That(() => DatabaseEndpoint.Parse(url, null), Throws.TypeOf<DatabaseException>().With.Message.Contains(named));
    }

    [Test]
    public void A_password_in_the_url_is_refused_and_not_repeated()
    {
        Assert.That(
            () => DatabaseEndpoint.Parse("postgresql://seidra:hunter2@db/seidra", null),
            Throws.TypeOf<DatabaseException>().With.Message.Contains("reference").And.Message.Not.Contains("hunter2"));
    }
}
