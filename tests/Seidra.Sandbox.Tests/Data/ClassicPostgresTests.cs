using System.Globalization;
using Npgsql;
using Seidra.Sandbox.Data;
using Seidra.Sandbox.Machines;

namespace Seidra.Sandbox.Tests.Data;

public sealed class ClassicPostgresTests
{
    private string directory = "";
    private LocalPostgres server = null!;

    [OneTimeSetUp]
    public async Task StartServer()
    {
        directory = Directory.CreateTempSubdirectory("seidra-data-pg-").FullName;
        server = await LocalPostgres.StartAsync(directory);
    }

    [OneTimeTearDown]
    public async Task StopServer()
    {
        await server.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [TestCase(ClassicShape.Classic)]
    [TestCase(ClassicShape.ClassicEnriched)]
    [TestCase(ClassicShape.UltimateOlder)]
    [TestCase(ClassicShape.UltimateUnstamped)]
    public async Task The_inventory_counts_what_the_tables_hold(ClassicShape shape)
    {
        var database = await MakeAsync($"counts_{shape}".ToLowerInvariant());
        var inventory = await ClassicData.CreatePostgresAsync(database, rows: 2_000, seed: 3, shape);
        foreach (var (table, rows) in inventory.Tables)
            Assert.That(await NumberAsync(database, $"SELECT count(*) FROM {table}"), Is.EqualTo(rows), table);
        Assert.That(inventory.Oddities.Where(oddity => oddity.Value == 0).Select(oddity => oddity.Key), Is.Empty, "kinds that do not occur");
        var stamps = await NumberAsync(database, "SELECT count(*) FROM information_schema.tables WHERE table_name = 'alembic_version'");
        Assert.That(stamps, Is.EqualTo(shape == ClassicShape.UltimateOlder ? 1 : 0));
    }

    [Test]
    public async Task Oddities_sequences_and_column_types_are_those_of_a_real_instance()
    {
        var database = await MakeAsync("oddities");
        var inventory = await ClassicData.CreatePostgresAsync(database, rows: 4_000);
        Assert.That(
            await NumberAsync(database, "SELECT count(*) FROM jobs WHERE user_id NOT IN (SELECT id FROM users)"),
            Is.EqualTo(inventory.Oddities["jobs.user.orphan"]).And.GreaterThan(0));
        Assert.That(
            await NumberAsync(database, "SELECT count(*) FROM jobs WHERE length(prompt) > 30000"),
            Is.EqualTo(inventory.Oddities["jobs.prompt.veryLong"]).And.GreaterThan(0));
        Assert.That(await NumberAsync(database, "SELECT count(*) FROM media WHERE to_timestamp(created_at) > '2024-01-01'"), Is.GreaterThan(900), "epoch seconds");
        Assert.That(await NumberAsync(database, "SELECT nextval('jobs_id_seq') - max(id) FROM jobs"), Is.EqualTo(1), "the next job's id");
        Assert.That(await NumberAsync(database, "SELECT count(*) FROM users WHERE id IN (0, -7)"), Is.EqualTo(2));
    }

    [Test]
    public async Task SQLite_and_PostgreSQL_hold_the_same_rows_where_both_can()
    {
        var database = await MakeAsync("twin");
        await ClassicData.CreatePostgresAsync(database, rows: 400, seed: 9);
        var path = Path.Combine(Directory.CreateTempSubdirectory("seidra-twin-").FullName, "classic.db");
        ClassicData.CreateSqlite(path, rows: 400, seed: 9);
        const string Sql = "SELECT id || '|' || username || '|' || settings FROM users WHERE settings IS NOT NULL ORDER BY id";
        using var sqlite = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Pooling=False");
        await sqlite.OpenAsync();
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        var there = await TextsAsync(connection, Sql);
        Assert.That(there, Has.Count.GreaterThan(20));
        Assert.That(await TextsAsync(sqlite, Sql), Is.EqualTo(there));
        await sqlite.CloseAsync();
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Test]
    public async Task A_database_that_is_not_empty_is_left_as_it_was()
    {
        var database = await MakeAsync("full");
        await ClassicData.CreatePostgresAsync(database, rows: 400);
        Assert.That(
            async () => await ClassicData.CreatePostgresAsync(database, rows: 800),
            Throws.TypeOf<SandboxException>().With.Message.Contains("already exists"));
        Assert.That(await NumberAsync(database, "SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM personas) + (SELECT count(*) FROM jobs) + (SELECT count(*) FROM media)"), Is.EqualTo(400));
    }

    private async Task<string> MakeAsync(string name)
    {
        await server.CreateDatabaseAsync(name);
        return server.ConnectionString(name) + ";Pooling=false";
    }

    private static async Task<long> NumberAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static async Task<List<string>> TextsAsync(System.Data.Common.DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync())
            texts.Add(reader.GetString(0));
        return texts;
    }
}
