using System.Data.Common;
using Microsoft.Data.Sqlite;
using Seidra.Sandbox.Data;
using SandboxShape = Seidra.Sandbox.Data.ClassicShape;

namespace Seidra.Database.Tests.Migration;

/// <summary>A Classic and an empty Ultimate, each on either engine, for one test.</summary>
internal sealed class Stage : IDisposable
{
    private readonly TempFolder _folder = new();

    public DatabaseEndpoint Source { get; private set; } = null!;

    public DatabaseEndpoint Target { get; private set; } = null!;

    public ClassicInventory? Inventory { get; private set; }

    public MigrationOptions Options { get; set; } = new() { MapMediaPath = path => $"/srv/media/{path.Split('/')[^1]}" };

    public string Folder => _folder.Path;

    /// <summary>A generated Classic with everything that real ones hold.</summary>
    public static async Task<Stage> GeneratedAsync(DatabaseKind source, DatabaseKind target, SandboxShape shape = SandboxShape.Classic, int rows = 400)
    {
        var stage = new Stage();
        if (source == DatabaseKind.Sqlite)
        {
            var path = stage._folder["classic.db"];
            stage.Inventory = ClassicData.CreateSqlite(path, rows, shape: shape);
            stage.Source = DatabaseEndpoint.Parse($"sqlite://{path}");
        }
        else
        {
            stage.Source = await PostgresFixture.CreateDatabaseAsync();
            stage.Inventory = await ClassicData.CreatePostgresAsync(PostgresFixture.Server.ConnectionString(stage.Source.Database), rows, shape: shape);
        }

        await stage.MakeTargetAsync(target);
        return stage;
    }

    /// <summary>A Classic made by a script that both engines understand.</summary>
    public static async Task<Stage> ScriptedAsync(DatabaseKind source, DatabaseKind target, string script)
    {
        var stage = new Stage();
        if (source == DatabaseKind.Sqlite)
        {
            stage.Source = DatabaseEndpoint.Parse($"sqlite://{stage._folder["classic.db"]}");
            await using var connection = await stage.Source.OpenSqliteAsync(SqliteOpenMode.ReadWriteCreate, CancellationToken.None);
            await ExecuteAsync(connection, "PRAGMA foreign_keys = OFF;" + script);
        }
        else
        {
            stage.Source = await PostgresFixture.CreateDatabaseAsync(script);
        }

        await stage.MakeTargetAsync(target);
        return stage;
    }

    public Task<MigrationPlan> PlanAsync(PlanOptions? options = null) => MigrationPlanner.PlanAsync(Source, Seidra.Database.SchemaMap.Default, options);

    public async Task<MigrationResult> MoveAsync() => await DatabaseMigration.RunAsync(Source, Target, await PlanAsync(), Options);

    public async Task<RowVerificationResult> VerifyAsync() => await RowVerification.RunAsync(Source, Target, await PlanAsync(), Options);

    public Task ChangeSourceAsync(string sql) => ChangeAsync(Source, sql);

    public Task ChangeTargetAsync(string sql) => ChangeAsync(Target, sql);

    /// <summary>The first column of all rows, as text.</summary>
    public Task<IReadOnlyList<string?>> TargetAsync(string sql) => QueryAsync(Target, sql);

    public async Task<string?> TargetValueAsync(string sql) => (await QueryAsync(Target, sql)).SingleOrDefault();

    public Task<IReadOnlyList<string?>> SourceAsync(string sql) => QueryAsync(Source, sql);

    /// <summary>Every table of Ultimate as text, to compare two states.</summary>
    public async Task<string> FingerprintAsync()
    {
        var all = new List<string>();
        foreach (var table in Seidra.Database.SchemaMap.Default.Tables.Select(rule => rule.Target).Concat([LedgerSchema.Keys, LedgerSchema.Quarantine, LedgerSchema.Notes, LedgerSchema.Names, LedgerSchema.Owners]))
        {
            await using var connection = await OpenAsync(Target);
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table}";
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<string>();
            while (await reader.ReadAsync())
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(field => reader.IsDBNull(field) ? "∅" : reader.GetValue(field) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(field).ToString())));
            all.Add($"{table}: {rows.Count}");
            all.AddRange(rows.Order(StringComparer.Ordinal));
        }

        return string.Join('\n', all);
    }

    public void Dispose() => _folder.Dispose();

    public static async Task<DbConnection> OpenAsync(DatabaseEndpoint endpoint) => endpoint.Kind == DatabaseKind.PostgreSql
        ? await endpoint.OpenPostgresAsync(CancellationToken.None)
        : await endpoint.OpenSqliteAsync(SqliteOpenMode.ReadWrite, CancellationToken.None);

    public static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task ChangeAsync(DatabaseEndpoint endpoint, string sql)
    {
        await using var connection = await OpenAsync(endpoint);
        if (endpoint.Kind == DatabaseKind.Sqlite)
            await ExecuteAsync(connection, "PRAGMA foreign_keys = OFF");
        await ExecuteAsync(connection, sql);
    }

    private static async Task<IReadOnlyList<string?>> QueryAsync(DatabaseEndpoint endpoint, string sql)
    {
        await using var connection = await OpenAsync(endpoint);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<string?>();
        while (await reader.ReadAsync())
            values.Add(reader.IsDBNull(0) ? null : Convert.ToString(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture));
        return values;
    }

    private async Task MakeTargetAsync(DatabaseKind kind)
    {
        Target = kind == DatabaseKind.Sqlite
            ? DatabaseEndpoint.Parse($"sqlite://{_folder["ultimate.db"]}")
            : await PostgresFixture.CreateDatabaseAsync();
        await UltimateSchema.CreateAsync(Target);
    }
}
