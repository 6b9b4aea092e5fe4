using Microsoft.Data.Sqlite;
using Seidra.Database.Tests.Backup;

namespace Seidra.Database.Tests.InPlace;

/// <summary>A small Classic to be migrated in place, on either engine.</summary>
internal static class InPlaceClassic
{
    public const string Script = """
        CREATE TABLE users (id integer PRIMARY KEY, username text NOT NULL);
        CREATE TABLE personas (id integer PRIMARY KEY, user_id integer, name text);
        CREATE TABLE jobs (id integer PRIMARY KEY, user_id integer REFERENCES users (id), prompt text NOT NULL);
        CREATE TABLE media (id integer PRIMARY KEY, job_id integer, path text);
        INSERT INTO users VALUES (1, 'amélie'), (2, 'zoé');
        INSERT INTO personas VALUES (1, 1, 'Muse');
        INSERT INTO jobs VALUES (1, 1, 'un portrait'), (2, 2, 'une forêt');
        INSERT INTO media VALUES (1, 1, 'images/1.png');
        """;

    /// <summary>The five columns as they are added to <see cref="Script"/>.</summary>
    public static readonly string[] Columns =
    [
        "personas.style_preset text", "personas.voice_id text", "jobs.nsfw_allowed boolean", "jobs.retry_of integer", "media.favorite boolean",
    ];

    public static async Task<DatabaseEndpoint> CreateAsync(DatabaseKind kind, TempFolder folder, string script, string journal = "WAL")
    {
        if (kind == DatabaseKind.PostgreSql)
            return await PostgresFixture.CreateDatabaseAsync(script);
        return Samples.CreateSqlite(folder["classic.db"], $"PRAGMA journal_mode = {journal};{script}");
    }

    public static async Task ExecuteAsync(DatabaseEndpoint classic, string script)
    {
        if (classic.Kind == DatabaseKind.PostgreSql)
            await PostgresFixture.ExecuteAsync(classic, script);
        else
            Samples.ExecuteSqlite(classic, script);
    }

    public static async Task<object?> ScalarAsync(DatabaseEndpoint classic, string sql)
    {
        if (classic.Kind == DatabaseKind.PostgreSql)
            return await PostgresFixture.ScalarAsync(classic, sql);
        await using var file = await classic.OpenSqliteAsync(SqliteOpenMode.ReadOnly, CancellationToken.None);
        await using var command = file.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    /// <summary>All columns of all tables in one line, to see that nothing changed.</summary>
    public static async Task<string> CatalogAsync(DatabaseEndpoint classic)
    {
        var tables = await DatabaseCatalog.ReadAsync(classic, CancellationToken.None);
        return string.Join("; ", tables.Values.Select(table => $"{table.Name}: {string.Join(", ", table.Columns)}"));
    }
}
