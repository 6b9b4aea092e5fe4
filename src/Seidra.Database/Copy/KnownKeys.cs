using System.Data.Common;
using Npgsql;

namespace Seidra.Database;

/// <summary>
/// Learns what became of the rows of chunks that an earlier run copied: Classic's keys of those chunks whose row is in the target.
/// A row that Classic got since then is not there yet, and nothing may point to it.
/// </summary>
internal static class KnownKeys
{
    private const int BatchKeys = 10_000;

    public static async Task LearnAsync(IRowMaker rows, TableCopy table, IRowSource source, DbConnection target, CancellationToken cancel)
    {
        foreach (var work in table.Found)
        {
            foreach (var batch in source.Keys(table.Plan, work.Range).Chunk(BatchKeys))
                rows.Learn(table.Target.Name, await PresentAsync(rows, table, batch, target, cancel), []);
        }

        rows.Learn(table.Target.Name, [], await AsideAsync(table.Target.Name, target, cancel));
    }

    private static async Task<IReadOnlyList<KeyId>> PresentAsync(IRowMaker rows, TableCopy table, KeyId[] keys, DbConnection target, CancellationToken cancel)
    {
        var wanted = keys.Select(key => rows.TargetKey(table.Plan, key)).ToArray();
        var found = target is NpgsqlConnection
            ? await PostgresAsync(table.Target, [.. wanted.OfType<string>()], target, cancel)
            : Sqlite(table.Target, wanted.OfType<string>(), (Microsoft.Data.Sqlite.SqliteConnection)target);
        return [.. keys.Where((_, index) => wanted[index] is { } key && found.Contains(key))];
    }

    private static async Task<HashSet<string>> PostgresAsync(TargetTable table, string[] keys, DbConnection target, CancellationToken cancel)
    {
        await using var command = target.Sql(
            $"SELECT id::text FROM {table.Quoted} WHERE id = ANY(@keys::{(table.Key.Type == TargetType.Integer ? "integer" : "text")}[])", ("keys", keys));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new HashSet<string>(keys.Length, StringComparer.Ordinal);
        while (await reader.ReadAsync(cancel))
            found.Add(reader.GetString(0));
        return found;
    }

    private static HashSet<string> Sqlite(TargetTable table, IEnumerable<string> keys, Microsoft.Data.Sqlite.SqliteConnection target)
    {
        using var statement = new BoundStatement(target, $"SELECT 1 FROM {table.Quoted} WHERE id = CAST(? AS {(table.Key.Type == TargetType.Integer ? "INTEGER" : "TEXT")})");
        return [.. keys.Where(key => statement.Bind(1, key).Run())];
    }

    private static async Task<IReadOnlyList<KeyId>> AsideAsync(string table, DbConnection target, CancellationToken cancel)
    {
        await using var command = target.Sql($"SELECT source_key FROM {LedgerSchema.Quarantine} WHERE table_name = @table AND reason <> @missing", ("table", table), ("missing", Reasons.MissingKey));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var keys = new List<KeyId>();
        while (await reader.ReadAsync(cancel))
        {
            if (KeyId.Of(reader.GetString(0)) is { } key)
                keys.Add(key);
        }

        return keys;
    }
}
