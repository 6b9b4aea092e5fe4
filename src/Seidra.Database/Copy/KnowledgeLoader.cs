using System.Data.Common;
using System.Globalization;

namespace Seidra.Database;

/// <summary>Learns what must be known before the first row is made: names and the demo account from Classic, numbers from both sides.</summary>
internal static class KnowledgeLoader
{
    public static async Task<BulkKnowledge> LoadAsync(MigrationPlan plan, IRowSource source, DbConnection target, CancellationToken cancel)
    {
        var knowledge = new BulkKnowledge(plan);
        knowledge.Scan(source);
        foreach (var table in plan.Tables.Where(table => table.Derived is null && table.Rule.Key.As == KeyKind.Integer))
        {
            var own = await OwnAsync(target, TargetTable.Of(table), cancel);
            var highest = source.Keys(table, KeyRange.All).Where(key => key is { IsNumber: true, Number: <= int.MaxValue }).Select(key => key.Number).DefaultIfEmpty(0).Max();
            knowledge.Number(table.Target, await MovedAsync(target, table.Target, cancel), own, Math.Max(highest, await HighestAsync(target, TargetTable.Of(table), cancel)));
        }

        return knowledge;
    }

    private static async Task<IReadOnlyDictionary<long, long>> MovedAsync(DbConnection target, string table, CancellationToken cancel)
    {
        await using var command = target.Sql($"SELECT source_key, target_key FROM {LedgerSchema.Keys} WHERE table_name = @table", ("table", table));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var moved = new Dictionary<long, long>();
        while (await reader.ReadAsync(cancel))
            moved[long.Parse(reader.GetString(0), CultureInfo.InvariantCulture)] = long.Parse(reader.GetString(1), CultureInfo.InvariantCulture);
        return moved;
    }

    private static async Task<IReadOnlyList<long>> OwnAsync(DbConnection target, TargetTable table, CancellationToken cancel)
    {
        var keys = new List<long>();
        if (table.Own is null)
            return keys;
        await using var command = target.Sql($"SELECT id FROM {table.Quoted} WHERE {table.Own}");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            keys.Add(Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture));
        return keys;
    }

    private static async Task<long> HighestAsync(DbConnection target, TargetTable table, CancellationToken cancel)
    {
        await using var command = target.Sql($"SELECT coalesce(max(id), 0) FROM {table.Quoted}");
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
    }
}
