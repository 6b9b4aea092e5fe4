namespace Seidra.Database;

/// <summary>Reads Classic once more and says what Ultimate must hold. Takes from the ledger only which numbers were moved.</summary>
internal sealed class ClassicSide(ISourceSnapshot snapshot, IMigrationTarget ledger, MigrationPlan plan, MigrationOptions options)
{
    /// <summary>What one table must hold.</summary>
    public sealed class Expected
    {
        public long SourceRows { get; set; }

        public RowBuckets Placed { get; } = new();

        /// <summary>Reason by key of the rows that must be in quarantine.</summary>
        public Dictionary<string, string> Quarantine { get; } = new(StringComparer.Ordinal);

        public bool HoldsDemo { get; set; }
    }

    /// <summary>Reads all tables.</summary>
    /// <param name="placed">Told each placed row: table, key, values with the key first.</param>
    /// <param name="progress">Told the rows read so far.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<IReadOnlyDictionary<string, Expected>> ReadAsync(Action<TablePlan, string, object?[]>? placed, Action<long>? progress, CancellationToken cancel)
    {
        var run = new MigrationRun(plan, options);
        var derived = new Dictionary<string, DerivedRows>(StringComparer.Ordinal);
        var tables = new Dictionary<string, Expected>(StringComparer.Ordinal);
        var total = 0L;
        foreach (var table in plan.Tables)
        {
            run.Identities[table.Target] = await Identities.LoadAsync(table, snapshot, ledger, cancel);
            var expected = tables[table.Target] = new Expected();
            var reader = new TableReading(table, run, expected);
            if (plan.Tables.FirstOrDefault(other => other.Derived?.From == table.Target) is { } maker)
                derived[table.Target] = new DerivedRows(maker.Derived!);
            await foreach (var row in table.Derived is { } binding ? derived[binding.From].ReadAsync() : snapshot.ReadAsync(table, cancel))
            {
                if (reader.Read(row) is not { } values)
                    continue;
                derived.GetValueOrDefault(table.Target)?.See(row);
                placed?.Invoke(table, Key(values), values);
                progress?.Invoke(++total);
            }
        }

        return tables;
    }

    public static string Key(object?[] values) => SourceText.Plain(values[0])!;
}
