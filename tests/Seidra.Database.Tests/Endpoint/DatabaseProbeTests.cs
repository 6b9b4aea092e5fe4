using System.Net;
using System.Net.Sockets;
using Seidra.Database.Tests.Backup;

namespace Seidra.Database.Tests.Endpoint;

public sealed class DatabaseProbeTests
{
    [Test]
    public async Task PostgreSQL_is_described_by_what_is_in_it()
    {
        var endpoint = await PostgresFixture.CreateDatabaseAsync(Samples.Postgres);

        var found = await DatabaseProbe.DescribeAsync(endpoint);

        Assert.Multiple(() =>
        {
            Assert.That((found.Kind, found.Shape), Is.EqualTo((DatabaseKind.PostgreSql, ClassicShape.Classic)));
            Assert.That(found.ServerVersion, Does.StartWith("1"));
            Assert.That(found.SizeBytes, Is.GreaterThan(1_000_000));
            Assert.That(found.Tables, Does.Contain(new TableSize("users", 500)).And.Contain(new TableSize("archive.users", 1)).And.Contain(new TableSize("Odd \"Name\"", 3)));
        });
    }

    [Test]
    public async Task SQLite_is_described_by_what_is_in_it()
    {
        using var folder = new TempFolder();

        var found = await DatabaseProbe.DescribeAsync(Samples.CreateSqlite(folder["classic.db"]));

        Assert.Multiple(() =>
        {
            Assert.That((found.Kind, found.Shape), Is.EqualTo((DatabaseKind.Sqlite, ClassicShape.Classic)));
            Assert.That(found.SizeBytes, Is.GreaterThan(1_000_000));
            Assert.That(found.Tables, Does.Contain(new TableSize("users", 501)).And.Contain(new TableSize("empty_one", 0)));
        });
    }

    [Test]
    public void An_unreachable_server_is_named()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        AssertRefused($"postgresql://seidra@127.0.0.1:{port}/seidra", "geheimnis", $"127.0.0.1:{port} cannot be reached");
    }

    [Test]
    public void Refused_credentials_name_the_role_and_not_the_password() =>
        AssertRefused(PostgresFixture.Server.Url("postgres"), "falsches-geheimnis", "refused the credentials of role 'seidra'");

    [Test]
    public void A_missing_password_is_named() =>
        AssertRefused(PostgresFixture.Server.Url("postgres"), null, "asks role 'seidra' for a password");

    [Test]
    public void A_missing_database_is_named() =>
        AssertRefused(PostgresFixture.Server.Url("nowhere"), PostgresFixture.Server.Password, "has no database 'nowhere'");

    [Test]
    public void A_server_without_tls_fails_where_tls_is_required() =>
        AssertRefused(PostgresFixture.Server.Url("postgres") + "?sslmode=require", PostgresFixture.Server.Password, "no TLS as sslmode=require asks");

    [Test]
    public void A_missing_sqlite_file_is_named_and_not_created()
    {
        using var folder = new TempFolder();

        AssertRefused($"sqlite://{folder["none.db"]}", null, "no such file");
        Assert.That(File.Exists(folder["none.db"]), Is.False);
    }

    [Test]
    public void A_file_that_is_no_database_is_named()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["text.db"], string.Concat(Enumerable.Repeat("This is no database. ", 200)));

        AssertRefused($"sqlite://{folder["text.db"]}", null, "found a file that is none");
    }

    [Test]
    public void A_database_that_is_not_Classic_is_refused_by_its_tables()
    {
        using var folder = new TempFolder();
        var endpoint = Samples.CreateSqlite(folder["shop.db"], "CREATE TABLE orders(id INTEGER PRIMARY KEY); CREATE TABLE users(id INTEGER PRIMARY KEY)");

        Assert.That(
            async () => await DatabaseProbe.RequireClassicAsync(endpoint),
            Throws.TypeOf<DatabaseException>().With.Message.Contains("only orders, users"));
    }

    [Test]
    public async Task An_empty_database_is_not_Classic()
    {
        var endpoint = await PostgresFixture.CreateDatabaseAsync();

        Assert.That(async () => await DatabaseProbe.RequireClassicAsync(endpoint), Throws.TypeOf<DatabaseException>().With.Message.Contains("found no table"));
    }

    private static void AssertRefused(string url, string? password, string named)
    {
        var error = Assert.ThrowsAsync<DatabaseException>(() => DatabaseProbe.DescribeAsync(DatabaseEndpoint.Parse(url, password)));
        Assert.Multiple(() =>
        {
            Assert.That(error!.Message, Does.Contain(named));
            Assert.That(error.ToString(), Does.Not.Contain(password ?? "\0"));
        });
    }
}
