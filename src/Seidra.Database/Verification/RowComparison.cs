using System.Data.Common;
using System.Globalization;

namespace Seidra.Database;

/// <summary>One comparison of all rows.</summary>
internal sealed class RowComparison(ClassicMoment moment, DbConnection ledger, DatabaseEndpoint target, MigrationPlan plan, MigrationOptions options)
{
    private readonly Dictionary<string, Side> _sides = plan.Tables.ToDictionary(table => table.Target, _ => new Side(), StringComparer.Ordinal);
    private readonly RowDrill _drill = new(plan);

    /// <summary>What was found.</summary>
    public RowVerificationResult Result { get; private set; } = new([], [], 0);

    /// <summary>Classic's keys of rows that Ultimate does not hold as they should be, by Ultimate's table.</summary>
    public IReadOnlyDictionary<string, HashSet<KeyId>> Drifted => _drill.Drifted;

    public async Task RunAsync(CancellationToken cancel)
    {
        var excluded = new RowExclusion(plan, moment.Changes, await KnowledgeAsync(cancel));
        var ticker = new ProgressTicker(options.Progress, plan.Tables.Sum(table => table.Rows));
        // The two sides do not wait for one another; on SQLite neither yields by itself.
        var reading = Task.Run(async () => await ReadClassicAsync(excluded, ticker.Partial, cancel), cancel);
        await Task.Run(() => ReadUltimateAsync(excluded, cancel), cancel);
        await reading;
        foreach (var table in plan.Tables)
            _drill.Suspect(table, _sides[table.Target].Expected.Differing(_sides[table.Target].Found[0]));
        if (_drill.HasSuspects)
            await DrillAsync(excluded, cancel);
        await ConcludeAsync(excluded, cancel);
    }

    private Task<BulkKnowledge> KnowledgeAsync(CancellationToken cancel) => KnowledgeLoader.LoadAsync(plan, moment.Source, ledger, cancel);

    private async Task ReadClassicAsync(RowExclusion excluded, Action<long> progress, CancellationToken cancel)
    {
        var rows = 0L;
        foreach (var part in new ClassicReading(moment.Source, plan, options, await KnowledgeAsync(cancel)).Read(cancel))
        {
            var side = _sides[part.Table.Target];
            foreach (var aside in part.Aside.Where(aside => !RowExclusion.Holds(moment.Changes, part.Table, KeyId.Of(aside.Key))))
            {
                side.SourceRows++;
                side.Quarantine[Display(aside.Key, aside.Occurrence)] = aside.Reason;
            }

            foreach (var row in part.Placed)
            {
                var tuple = part.Tuple(row);
                side.HoldsDemo |= row.IsDemo;
                if (row.IsDemo)
                    side.SourceRows++;
                else if (TupleReader.Key(tuple) is var key && !excluded.Holds(part.Table.Target, key))
                    side.Expected.Add(key, row.Hash);
            }

            progress(rows += part.SourceRows);
        }
    }

    private async Task ReadUltimateAsync(RowExclusion excluded, CancellationToken cancel)
    {
        await TargetReader.ReadAsync(target, [.. plan.Tables.Select(TargetTable.Of)], (worker, table, tuple, hash) =>
        {
            if (TupleReader.Key(tuple) is var key && !excluded.Holds(table.Name, key))
                _sides[table.Name].Found[worker].Add(key, hash);
        }, cancel);
        foreach (var side in _sides.Values)
            side.Found[0].Add(side.Found[1]);
    }

    // Both sides stand still: Classic's moment is kept, and nothing is applied meanwhile.
    private async Task DrillAsync(RowExclusion excluded, CancellationToken cancel)
    {
        var knowledge = await KnowledgeAsync(cancel);
        await Task.Run(() =>
        {
            foreach (var part in new ClassicReading(moment.Source, plan, options, knowledge).Read(cancel).Where(part => _drill.Concerns(part.Table.Target)))
            {
                foreach (var row in part.Placed.Where(row => !row.IsDemo))
                {
                    var tuple = part.Tuple(row);
                    if (TupleReader.Key(tuple) is var key && !excluded.Holds(part.Table.Target, key))
                        _drill.Expect(part.Table, row.Key, key, tuple);
                }
            }
        }, cancel);
        var suspects = plan.Tables.Where(table => _drill.Concerns(table.Target)).ToDictionary(table => table.Target, StringComparer.Ordinal);
        await TargetReader.ReadAsync(target, [.. suspects.Values.Select(TargetTable.Of)], (_, table, tuple, _) =>
        {
            if (TupleReader.Key(tuple) is var key && !excluded.Holds(table.Name, key))
                _drill.Find(suspects[table.Name], key, tuple);
        }, cancel);
        _drill.Finish();
    }

    private async Task ConcludeAsync(RowExclusion excluded, CancellationToken cancel)
    {
        var checks = new List<TableCheck>();
        foreach (var table in plan.Tables)
        {
            var side = _sides[table.Target];
            var kept = (await QuarantineAsync(table, cancel)).Where(row => !RowExclusion.Holds(moment.Changes, table, KeyId.Of(row.Source))).ToList();
            _drill.CompareQuarantine(table, side.Quarantine, kept.Select(row => (row.Key, row.Reason)));
            var migrated = side.Found[0].Rows;
            if (side.HoldsDemo && await DemoAsync(cancel))
                migrated++;
            else if (side.HoldsDemo)
                _drill.Missing(table, DemoAccount.Id.ToString(CultureInfo.InvariantCulture));
            checks.Add(new TableCheck(table.Target, side.SourceRows + side.Expected.Rows, migrated, kept.Count, _drill.IsEqual(table)));
        }

        Result = new RowVerificationResult(checks, _drill.Differences, excluded.Rows);
    }

    private async Task<List<(string Key, string Source, string Reason)>> QuarantineAsync(TablePlan table, CancellationToken cancel)
    {
        await using var command = ledger.Sql($"SELECT source_key, occurrence, reason FROM {LedgerSchema.Quarantine} WHERE table_name = @table", ("table", table.Target));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<(string, string, string)>();
        while (await reader.ReadAsync(cancel))
            rows.Add((Display(reader.GetString(0), reader.GetInt32(1)), reader.GetString(0), reader.GetString(2)));
        return rows;
    }

    private async Task<bool> DemoAsync(CancellationToken cancel)
    {
        await using var command = ledger.Sql($"SELECT 1 FROM {TargetKeys.Users} WHERE id = {DemoAccount.Id}");
        return await command.ExecuteScalarAsync(cancel) is not null;
    }

    private static string Display(string key, int occurrence) => occurrence == 1 ? key : $"{key}#{occurrence}";

    /// <summary>One table on both sides.</summary>
    private sealed class Side
    {
        public RowBuckets Expected { get; } = new();

        /// <summary>By reader; the first has all in the end.</summary>
        public IReadOnlyList<RowBuckets> Found { get; } = [.. Enumerable.Range(0, TargetReader.Readers).Select(_ => new RowBuckets())];

        public Dictionary<string, string> Quarantine { get; } = new(StringComparer.Ordinal);

        /// <summary>Rows of Classic that are not compared by their bytes: in quarantine, or the demo account.</summary>
        public long SourceRows { get; set; }

        public bool HoldsDemo { get; set; }
    }
}
