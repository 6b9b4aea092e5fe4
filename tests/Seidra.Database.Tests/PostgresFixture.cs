using Npgsql;
using Seidra.Sandbox.Machines;

namespace Seidra.Database.Tests;

/// <summary>One real PostgreSQL server for the whole assembly; every test takes databases of its own from it.</summary>
[SetUpFixture]
public sealed class PostgresFixture
{
    private static int s_databases;
    private static DirectoryInfo? s_folder;

    /// <summary>The server.</summary>
    public static LocalPostgres Server { get; private set; } = null!;

    /// <summary>Its superuser's connection to a database.</summary>
    public static DatabaseEndpoint Endpoint(string database) => DatabaseEndpoint.Parse(Server.Url(database), Server.Password);

    /// <summary>Makes a database that no other test has, and runs a script in it.</summary>
    public static async Task<DatabaseEndpoint> CreateDatabaseAsync(string? script = null)
    {
        var name = $"t{Environment.ProcessId}_{Interlocked.Increment(ref s_databases)}";
        await Server.CreateDatabaseAsync(name);
        var endpoint = Endpoint(name);
        if (script is not null)
            await ExecuteAsync(endpoint, script);
        return endpoint;
    }

    /// <summary>Runs statements in a database.</summary>
    public static async Task ExecuteAsync(DatabaseEndpoint endpoint, string script)
    {
        await using var connection = await endpoint.OpenPostgresAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(script, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Reads one value.</summary>
    public static async Task<object?> ScalarAsync(DatabaseEndpoint endpoint, string sql)
    {
        await using var connection = await endpoint.OpenPostgresAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        s_folder = Directory.CreateTempSubdirectory("seidra-database-tests-");
        var settings = new Dictionary<string, string> { ["fsync"] = "off", ["max_replication_slots"] = "50", ["max_wal_senders"] = "50" };
        Server = await LocalPostgres.StartAsync(s_folder.FullName, new LocalPostgresOptions { Settings = settings });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync();
        s_folder?.Delete(recursive: true);
    }
}
