using System.Data.Common;

namespace Seidra.Database;

/// <summary>
/// One set of changes of Ultimate brought into Classic inside its open transaction: parents first, removals last and children
/// first. Everything written is read back and compared before the caller commits.
/// </summary>
internal sealed class ReturnRound(ReturnPlan plan, ClassicConnection classic, ReturnKeys keys, ReturnOptions options, DbConnection ultimate)
{
    private readonly List<ReturnTableRound> _tables = [];
    private readonly RoundRelations _relations = new(plan, classic, keys, ultimate);

    /// <summary>Rows that were made.</summary>
    public long Inserted => _tables.Sum(table => table.Inserted);

    /// <summary>Rows that got another value.</summary>
    public long Updated => _tables.Sum(table => table.Updated);

    /// <summary>Rows that were removed.</summary>
    public long Deleted => _tables.Sum(table => table.Deleted);

    /// <summary>Changed rows whose image was there already.</summary>
    public long Untouched => _tables.Sum(table => table.Untouched);

    /// <summary>What was kept aside.</summary>
    public IReadOnlyList<KeptValue> Kept { get; private set; } = [];

    /// <summary>Brings the changes in.</summary>
    public async Task RunAsync(IReadOnlyDictionary<string, HashSet<KeyId>> changed, string? demoBefore, CancellationToken cancel)
    {
        foreach (var table in plan.Tables.Where(table => changed.ContainsKey(table.Name)))
        {
            var rows = await UltimateRows.ReadAsync(ultimate, table.Ultimate, changed[table.Name], cancel);
            var round = new ReturnTableRound(table, classic, keys, options, changed[table.Name], rows, demoBefore);
            _tables.Add(round);
            await keys.LoadAsync(table.Name, changed[table.Name], ultimate, cancel);
        }

        foreach (var round in _tables)
            await round.PlaceAsync(cancel);
        foreach (var round in _tables)
        {
            await round.WriteAsync(await RelationsAsync(round, cancel), cancel);
        }

        foreach (var round in Enumerable.Reverse(_tables))
            await round.RemoveAsync(cancel);
        foreach (var round in _tables)
            await round.ReadBackAsync(await RelationsAsync(round, cancel), cancel);
        Kept = [.. _tables.SelectMany(round => round.Kept)];
        await WriteLedgerAsync(cancel);
    }

    private Task<RowRelations> RelationsAsync(ReturnTableRound round, CancellationToken cancel) =>
        _relations.OfAsync(round.Table, [.. round.Rows.Values], [.. round.Classic.Values], cancel);

    private static bool IsOwn(ReturnTableRound round, KeyId target) =>
        round.Rows.TryGetValue(target, out var row) ? OwnRows.IsOwn(round.Table, row) : OwnRows.IsOwn(round.Table, target);

    private async Task WriteLedgerAsync(CancellationToken cancel)
    {
        var statements = new List<Statement>();
        foreach (var round in _tables)
        {
            foreach (var target in round.Changed)
            {
                var key = target.ToString();
                statements.Add(new Statement($"DELETE FROM {ReturnTables.Kept} WHERE table_name = $1 AND target_key = $2 AND reason <> '{KeptReasons.Overwritten}'", round.Table.Name, key));
                if (round.Table.IsInClassic && !IsOwn(round, target) && keys.Find(round.Table.Name, target) is { } source)
                    statements.Add(new Statement($"INSERT INTO {ReturnTables.Rows} VALUES ($1, $2, $3, {(keys.IsReckoned(round.Table, source, target) ? 0 : 1)}) ON CONFLICT (table_name, target_key) DO NOTHING", round.Table.Name, key, source.ToString()));
            }
        }

        statements.AddRange(Kept.Select(kept => new Statement(
            $"INSERT INTO {ReturnTables.Kept} VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (table_name, target_key, column_name, reason) DO {(kept.Reason == KeptReasons.Overwritten ? "NOTHING" : "UPDATE SET value = excluded.value, detail = excluded.detail")}",
            kept.Table, kept.Key, kept.Column, kept.Value, kept.Reason, kept.Detail)));
        await classic.ExecuteAsync(statements, cancel);
    }
}
