namespace Seidra.Database;

/// <summary>
/// Finds moved rows that are not as they were written: a backend that was tried on them repeats failed jobs and cleans up old
/// ones. Their ledger entries are marked, so that the next pass writes them again.
/// </summary>
internal static class DriftRepair
{
    private static readonly RowNote[] _noNotes = [];

    /// <summary>Marks the entries of all tables; holds the hashes of one table in memory.</summary>
    /// <returns>How many rows will be written again.</returns>
    public static async Task<long> MarkAsync(IMigrationTarget target, MigrationPlan plan, Action<string>? log, CancellationToken cancel)
    {
        var total = 0L;
        foreach (var table in plan.Tables.Select(TargetTable.Of))
        {
            var stale = await StaleAsync(target, table, cancel);
            if (stale.Count == 0)
                continue;
            await target.ApplyAsync(table, stale, fresh: true, cancel);
            log?.Invoke($"{table.Name}: {stale.Count} rows were changed in Ultimate since they were moved; they are written again");
            total += stale.Count;
        }

        return total;
    }

    private static async Task<List<RowChange>> StaleAsync(IMigrationTarget target, TargetTable table, CancellationToken cancel)
    {
        var hash = new RowHash();
        var found = new Dictionary<string, UInt128>(StringComparer.Ordinal);
        await foreach (var values in target.ReadAsync(table, cancel))
            found[SourceText.Plain(values[0])!] = hash.Of(values);
        var stale = new List<RowChange>();
        var ledger = new LedgerCursor(target, table.Name);
        await ledger.StartAsync(cancel);
        while (ledger.Current is { } entry)
        {
            // Without a checksum the row is Ultimate's own or marked already.
            if (entry.TargetKey is not null && entry.Checksum != 0 && (!found.TryGetValue(entry.TargetKey, out var now) || now != entry.Checksum))
                stale.Add(new RowChange(entry with { Fingerprint = 0, Checksum = 0 }, IsNew: false, null, KeepExisting: false, _noNotes, null));
            await ledger.NextAsync(cancel);
        }

        return stale;
    }
}
