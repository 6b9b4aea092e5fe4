using System.Data.Common;
using System.Globalization;

namespace Seidra.Database;

/// <summary>Classic's rows by the plan's own encoders.</summary>
internal sealed class RowMaker(DatabaseEndpoint source, MigrationPlan plan, MigrationOptions options) : IRowMaker
{
    private BulkKnowledge _knowledge = new(plan);

    public async Task<IRowSource> OpenSourceAsync(CancellationToken cancel)
    {
        try
        {
            return await RowSource.OpenAsync(source, cancel);
        }
        catch (DbException error)
        {
            throw new SourceFaultException(error);
        }
    }

    public async Task PrepareAsync(IRowSource source, DbConnection target, CancellationToken cancel)
    {
        _knowledge = new BulkKnowledge(plan);
        _knowledge.Scan(source);
        foreach (var table in plan.Tables.Where(table => table.Derived is null && table.Rule.Key.As == KeyKind.Integer))
        {
            var own = await OwnAsync(target, TargetTable.Of(table), cancel);
            var highest = source.Keys(table, KeyRange.All).Where(key => key is { IsNumber: true, Number: <= int.MaxValue }).Select(key => key.Number).DefaultIfEmpty(0).Max();
            _knowledge.Number(table.Target, await MovedAsync(target, table.Target, cancel), own, Math.Max(highest, await HighestAsync(target, TargetTable.Of(table), cancel)));
        }
    }

    public Action<IRawRow, RowChunk> Encoder(TablePlan table, IRowSource source) => table.Derived is null
        ? new RowEncoder(table, plan, options, _knowledge, source.HasUniqueKey(table) ? null : new SeenKeys()).Encode
        : new DerivedEncoder(table, plan, options, _knowledge).Encode;

    public void Learn(string table, IReadOnlyList<KeyId> placed, IReadOnlyList<KeyId> aside)
    {
        foreach (var key in placed)
            _knowledge.AddPlaced(table, key);
        foreach (var key in aside)
            _knowledge.AddAside(table, key);
    }

    public string? TargetKey(TablePlan table, KeyId key) => SourceText.Plain(new TargetKeys(plan, _knowledge).Find(table.Target, key, out _));

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
