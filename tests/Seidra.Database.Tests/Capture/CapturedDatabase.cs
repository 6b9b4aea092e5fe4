using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Seidra.Database.Tests.Capture;

/// <summary>A database of either engine whose changes are captured, with names that need quotes.</summary>
internal sealed class CapturedDatabase : IDisposable
{
    public const string Odd = "odd \"name\"";
    public const string OddKey = "the 'key'";

    private readonly TempFolder _folder = new();

    private CapturedDatabase(DatabaseEndpoint endpoint) => Endpoint = endpoint;

    public DatabaseEndpoint Endpoint { get; private set; }

    public bool IsPostgres => Endpoint.Kind == DatabaseKind.PostgreSql;

    public static IReadOnlyList<CapturedTable> Tables => [new("users", "id"), new("jobs", "id"), new(Odd, OddKey)];

    public static async Task<CapturedDatabase> PostgresAsync(DatabaseEndpoint? endpoint = null)
    {
        var database = new CapturedDatabase(endpoint ?? await PostgresFixture.CreateDatabaseAsync());
        await PostgresFixture.ExecuteAsync(database.Endpoint, $"""
            CREATE TABLE users (id integer PRIMARY KEY, name text UNIQUE);
            CREATE TABLE jobs (id bigint PRIMARY KEY, user_id integer REFERENCES users (id) ON DELETE CASCADE, prompt text, big text);
            ALTER TABLE jobs ALTER big SET STORAGE EXTERNAL;
            CREATE TABLE {SqlName.Quote(Odd)} ({SqlName.Quote(OddKey)} text PRIMARY KEY, v integer);
            """);
        return database;
    }

    public static CapturedDatabase Sqlite(bool wal)
    {
        var database = new CapturedDatabase(null!);
        var path = database._folder["classic.db"];
        database.Endpoint = DatabaseEndpoint.Parse($"sqlite://{path}");
        using var file = new SqliteConnection($"Data Source={path};Pooling=False");
        file.Open();
        using var command = file.CreateCommand();
        command.CommandText = $"""
            PRAGMA journal_mode = {(wal ? "wal" : "delete")};
            CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE UNIQUE);
            CREATE TABLE jobs (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id) ON DELETE CASCADE, prompt TEXT, big TEXT, a INTEGER, b INTEGER, UNIQUE (a, b) ON CONFLICT REPLACE);
            CREATE UNIQUE INDEX by_prompt ON jobs (lower(prompt) COLLATE BINARY DESC) WHERE a > 5 -- , (not a term)
            ;
            CREATE TABLE {SqlName.Quote(Odd)} ({SqlName.Quote(OddKey)} TEXT PRIMARY KEY, v INTEGER UNIQUE) WITHOUT ROWID;
            """;
        command.ExecuteNonQuery();
        return database;
    }

    /// <summary>Installs a capture and starts following.</summary>
    public async Task<IChangeCapture> FollowAsync(CaptureKind kind, string epoch = "e1")
    {
        await ChangeCapture.InstallAsync(Endpoint, Tables, epoch, new CaptureOptions { Prefer = kind }, null);
        return await ChangeCapture.OpenAsync(Endpoint, Tables, epoch, null);
    }

    public async Task<DbConnection> ConnectAsync() =>
        IsPostgres ? await Endpoint.OpenPostgresAsync(CancellationToken.None) : await Endpoint.OpenSqliteAsync(SqliteOpenMode.ReadWrite, CancellationToken.None);

    /// <summary>Runs statements as a client would.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await ExecuteAsync(connection, sql);
    }

    public static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Rows by key, each as text; all of a table, or those of some keys.</summary>
    public static async Task<Dictionary<string, string>> RowsAsync(DbConnection connection, CapturedTable table, IEnumerable<string>? keys = null)
    {
        var (name, key) = (SqlName.Quote(table.Name), SqlName.Quote(table.Key));
        await using var command = connection.CreateCommand();
        if (connection is NpgsqlConnection)
        {
            command.CommandText = $"SELECT {key}::text, md5(t::text) FROM {name} t" + (keys is null ? "" : $" WHERE {key}::text = ANY ($1)");
            if (keys is not null)
                command.Parameters.Add(new NpgsqlParameter { Value = keys.ToArray() });
        }
        else
        {
            var columns = table.Name switch { "users" => "name", "jobs" => "user_id, prompt, big, a, b", _ => "v" };
            command.CommandText = $"SELECT CAST({key} AS TEXT), json_array({columns}) FROM {name}" + (keys is null ? "" : $" WHERE CAST({key} AS TEXT) IN (SELECT value FROM json_each($keys))");
            if (keys is not null)
                command.Parameters.Add(new SqliteParameter("$keys", JsonSerializer.Serialize(keys)));
        }

        await using var reader = await command.ExecuteReaderAsync();
        var rows = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0), reader.GetString(1));
        return rows;
    }

    public void Dispose() => _folder.Dispose();
}
