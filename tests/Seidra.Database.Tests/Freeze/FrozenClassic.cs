using Microsoft.Data.Sqlite;
using Npgsql;

namespace Seidra.Database.Tests.Freeze;

/// <summary>A small Classic to be frozen, and clients that try to write to it.</summary>
internal static class FrozenClassic
{
    public const string Script = """
        CREATE TABLE users (id integer PRIMARY KEY, username text NOT NULL);
        CREATE TABLE jobs (id integer PRIMARY KEY, user_id integer REFERENCES users (id), prompt text NOT NULL);
        INSERT INTO users VALUES (1, 'amélie'), (2, 'zoé');
        INSERT INTO jobs VALUES (1, 1, 'un portrait');
        """;

    public static FreezeOptions Options(double deadlineSeconds = 20, double patienceSeconds = 2) =>
        new() { Deadline = TimeSpan.FromSeconds(deadlineSeconds), LockTimeout = TimeSpan.FromSeconds(patienceSeconds) };

    /// <summary>Runs a statement on a connection of its own; null when it went through, else what the database said.</summary>
    public static async Task<string?> TryAsync(DatabaseEndpoint classic, string sql, string session = "")
    {
        if (classic.Kind == DatabaseKind.Sqlite)
        {
            await using var file = new SqliteConnection($"Data Source={classic.Path};Pooling=False");
            file.Open();
            return Try(file, sql);
        }

        await using var connection = await classic.OpenPostgresAsync(CancellationToken.None);
        return await TryAsync(connection, $"SET lock_timeout = '100ms'; {session}", sql);
    }

    public static async Task<string?> TryAsync(NpgsqlConnection connection, string session, string sql)
    {
        if (session.Length > 0)
            await PostgresExecuteAsync(connection, session);
        try
        {
            await PostgresExecuteAsync(connection, sql);
            return null;
        }
        catch (PostgresException error)
        {
            return $"{error.SqlState} {error.MessageText}";
        }
    }

    public static async Task PostgresExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Waits until a write goes through again.</summary>
    public static async Task<TimeSpan> WaitForWritesAsync(DatabaseEndpoint classic, TimeSpan patience)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (await TryAsync(classic, "UPDATE users SET username = username") is { } refused)
        {
            if (clock.Elapsed > patience)
                throw new TimeoutException(refused);
            await Task.Delay(50);
        }

        return clock.Elapsed;
    }

    /// <summary>Everything in the catalog, to prove that nothing is left behind.</summary>
    public static async Task<object?> CatalogAsync(DatabaseEndpoint classic)
    {
        if (classic.Kind == DatabaseKind.PostgreSql)
            return await PostgresFixture.ScalarAsync(classic, "SELECT (SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'seidra%') || '/' || (SELECT count(*) FROM pg_proc WHERE proname LIKE 'seidra%') || '/' || (SELECT count(*) FROM pg_class WHERE relname LIKE 'seidra%')");
        await using var file = await classic.OpenSqliteAsync(SqliteOpenMode.ReadOnly, CancellationToken.None);
        await using var command = file.CreateCommand();
        command.CommandText = "SELECT group_concat(name) FROM sqlite_master WHERE name LIKE 'seidra%'";
        return command.ExecuteScalar();
    }

    private static string? Try(SqliteConnection file, string sql)
    {
        SQLitePCL.raw.sqlite3_busy_timeout(file.Handle, 100);
        var result = SQLitePCL.raw.sqlite3_exec(file.Handle, sql, out var said);
        return result == SQLitePCL.raw.SQLITE_OK ? null : said ?? "";
    }
}
