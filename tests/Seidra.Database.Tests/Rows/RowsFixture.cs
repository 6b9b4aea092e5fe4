using Microsoft.Data.Sqlite;
using Seidra.Sandbox.Data;
using SandboxShape = Seidra.Sandbox.Data.ClassicShape;

namespace Seidra.Database.Tests.Rows;

/// <summary>A Classic database for one test, and everything encoded from it.</summary>
internal sealed class RowsFixture : IDisposable
{
    private readonly TempFolder _folder = new();

    public DatabaseEndpoint Source { get; private set; } = null!;

    public MigrationPlan Plan { get; private set; } = null!;

    public MigrationOptions Options { get; set; } = new() { MapMediaPath = path => $"/srv/media/{path.Split('/')[^1]}" };

    /// <summary>A generated Classic with everything that real ones hold.</summary>
    public static async Task<RowsFixture> GeneratedAsync(DatabaseKind kind, SandboxShape shape, int rows = 1_000, int seed = 1)
    {
        var fixture = new RowsFixture();
        if (kind == DatabaseKind.Sqlite)
        {
            var path = fixture._folder["classic.db"];
            ClassicData.CreateSqlite(path, rows, seed, shape);
            fixture.Source = DatabaseEndpoint.Parse($"sqlite://{path}");
        }
        else
        {
            fixture.Source = await PostgresFixture.CreateDatabaseAsync();
            await ClassicData.CreatePostgresAsync(PostgresFixture.Server.ConnectionString(fixture.Source.Database), rows, seed, shape);
        }

        fixture.Plan = await MigrationPlanner.PlanAsync(fixture.Source, Seidra.Database.SchemaMap.Default);
        return fixture;
    }

    /// <summary>A Classic made by a script.</summary>
    public static async Task<RowsFixture> ScriptedAsync(DatabaseKind kind, string script, params string[] acceptUnmapped)
    {
        var fixture = new RowsFixture();
        if (kind == DatabaseKind.Sqlite)
        {
            fixture.Source = DatabaseEndpoint.Parse($"sqlite://{fixture._folder["classic.db"]}");
            await using var connection = await fixture.Source.OpenSqliteAsync(SqliteOpenMode.ReadWriteCreate, CancellationToken.None);
            await using var command = connection.CreateCommand();
            command.CommandText = script;
            await command.ExecuteNonQueryAsync();
        }
        else
        {
            fixture.Source = await PostgresFixture.CreateDatabaseAsync(script);
        }

        fixture.Plan = await MigrationPlanner.PlanAsync(fixture.Source, Seidra.Database.SchemaMap.Default, new PlanOptions { AcceptUnmapped = acceptUnmapped });
        return fixture;
    }

    public TablePlan Table(string target) => Plan.Tables.Single(table => table.Target == target);

    /// <summary>Knowledge as a first run has it.</summary>
    public BulkKnowledge Knowledge(IRowSource source)
    {
        var knowledge = new BulkKnowledge(Plan);
        knowledge.Scan(source);
        foreach (var table in Plan.Tables.Where(table => table.Rule.Key.As == KeyKind.Integer && table.Derived is null))
            knowledge.Number(table.Target, new Dictionary<long, long>(), [], Highest(source, table));
        return knowledge;
    }

    /// <summary>Encodes all tables but derived ones.</summary>
    public async Task<IReadOnlyDictionary<string, RowChunk>> EncodeAsync()
    {
        await using var source = await RowSource.OpenAsync(Source, CancellationToken.None);
        var knowledge = Knowledge(source);
        var chunks = new Dictionary<string, RowChunk>();
        foreach (var table in Plan.Tables.Where(table => table.Derived is null))
        {
            var encoder = new RowEncoder(table, Plan, Options, knowledge, source.HasUniqueKey(table) ? null : new SeenKeys());
            var chunk = chunks[table.Target] = new RowChunk(table);
            foreach (var row in source.Read(table, KeyRange.All))
                encoder.Encode(row, chunk);
            knowledge.Add(chunk);
        }

        return chunks;
    }

    /// <summary>The values of a placed row.</summary>
    public static Dictionary<string, object?> Values(RowChunk chunk, string key)
    {
        var columns = TargetTable.Of(chunk.Table).Columns;
        var values = TupleCodec.Decode(chunk.Tuple(chunk.Placed.Single(row => row.Key.ToString() == key)), columns);
        return columns.Zip(values).ToDictionary(pair => pair.First.Name, pair => pair.Second);
    }

    public static long Highest(IRowSource source, TablePlan table) =>
        source.Keys(table, KeyRange.All).Where(key => key is { IsNumber: true, Number: <= int.MaxValue }).Select(key => key.Number).DefaultIfEmpty().Max();

    public void Dispose() => _folder.Dispose();
}
