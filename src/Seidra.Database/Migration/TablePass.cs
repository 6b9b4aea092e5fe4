namespace Seidra.Database;

/// <summary>
/// Brings one table over: source and ledger are merged in key order; only rows whose fingerprint is new are converted, and
/// only rows that came out different are written. Removals wait until all tables are through: children go first.
/// </summary>
internal sealed class TablePass(TablePlan table, MigrationRun run, IMigrationTarget target)
{
    private readonly RowResolver _resolver = new(table, run);
    private readonly RowTransformer _transformer = new(table, run);
    private readonly TableIdentity _identity = run.Identities[table.Target];
    private readonly List<RowChange> _changes = [];
    private readonly List<RowRemoval> _removals = [];
    private readonly RowHash _hash = new();
    private readonly LedgerCursor _ledger = new(target, table.Target);
    private bool _fresh;
    private UInt128 _sum;

    public TargetTable Target { get; } = TargetTable.Of(table);

    public long SourceRows { get; private set; }

    public long PlacedRows { get; private set; }

    public long QuarantinedRows { get; private set; }

    public long Inserted { get; private set; }

    public long Updated { get; private set; }

    public long Deleted { get; private set; }

    /// <summary>Sum of the hashes of the rows as they were sent, Ultimate's own not counted.</summary>
    public UInt128 Sum => _sum;

    /// <summary>Whether one of the rows is the demo account, which is placed but not ours.</summary>
    public bool HoldsDemo { get; private set; }

    public async Task RunAsync(IAsyncEnumerable<ISourceRow> rows, DerivedRows? derived, Action<long> progress, CancellationToken cancel)
    {
        await _ledger.StartAsync(cancel);
        _fresh = _ledger.Current is null;
        await foreach (var row in rows.WithCancellation(cancel))
        {
            var facts = _resolver.Resolve(row);
            var known = await KnownAsync(facts.Order, cancel);
            SourceRows++;
            if (known is not null && known.Fingerprint == facts.Fingerprint)
                Settle(known, facts);
            else
                Take(row, facts, known);
            if (derived is not null && facts.Id is { } id && _identity.Placed.Contains(id))
                derived.See(row);
            if (_changes.Count >= run.Options.ChunkRows)
                await FlushAsync(cancel);
            progress(SourceRows);
        }

        while (_ledger.Current is { } gone)
        {
            Remove(new RowRemoval(gone, Kept: false, null));
            await _ledger.NextAsync(cancel);
        }

        await FlushAsync(cancel);
    }

    /// <summary>Removes what left; to be called when all tables are through, children first.</summary>
    public async Task SweepAsync(CancellationToken cancel)
    {
        foreach (var chunk in _removals.Chunk(run.Options.ChunkRows))
            await target.RemoveAsync(Target, chunk, cancel);
    }

    private async Task<LedgerEntry?> KnownAsync(RowKey key, CancellationToken cancel)
    {
        while (_ledger.Current is { } entry)
        {
            var order = entry.Key.CompareTo(key);
            if (order > 0)
                break;
            await _ledger.NextAsync(cancel);
            if (order == 0)
                return entry;
            Remove(new RowRemoval(entry, Kept: false, null));
        }

        return null;
    }

    private void Take(ISourceRow row, RowFacts facts, LedgerEntry? known)
    {
        var values = _transformer.Transform(row, facts);
        var checksum = values is null || facts.Demo ? UInt128.Zero : _hash.Of(values);
        var entry = new LedgerEntry(facts.Order, values is null ? null : facts.TargetKey, facts.Fingerprint, checksum);
        var aside = values is null ? new QuarantinedRow(facts.Verdict.Reason!, facts.Verdict.Detail!, _transformer.Describe(row)) : null;
        Settle(entry, facts);
        var same = known is not null && known.TargetKey == entry.TargetKey && known.Checksum == checksum;
        var change = new RowChange(entry, known is null, same ? null : values, facts.Demo, facts.Verdict.Notes, aside);
        if (known?.TargetKey is not null && values is null)
        {
            // Into quarantine only when the row itself is removed: neither may be there without the other.
            Remove(new RowRemoval(known, Kept: false, change));
            return;
        }

        // A user who is renamed to the demo account, or back, gets another key: the old row goes when no child needs it.
        if (known?.TargetKey is not null && known.TargetKey != entry.TargetKey)
            Remove(new RowRemoval(known, Kept: true, null));
        _changes.Add(change);
        if (values is not null && !same && !facts.Demo)
            Count(known?.TargetKey != entry.TargetKey);
    }

    private void Count(bool isNew)
    {
        if (isNew)
            Inserted++;
        else
            Updated++;
    }

    private void Remove(RowRemoval removal)
    {
        _removals.Add(removal);
        if (removal.Known.TargetKey is not null)
            Deleted++;
    }

    private void Settle(LedgerEntry entry, RowFacts facts)
    {
        if (entry.TargetKey is null)
        {
            QuarantinedRows++;
            if (facts.Id is { } aside && !_identity.Placed.Contains(aside))
                _identity.Quarantined.Add(aside);
            return;
        }

        PlacedRows++;
        HoldsDemo |= facts.Demo;
        _sum += entry.Checksum;
        _identity.Placed.Add(facts.Id!.Value);
    }

    private async Task FlushAsync(CancellationToken cancel)
    {
        if (_changes.Count == 0)
            return;
        await target.ApplyAsync(Target, _changes, _fresh, cancel);
        _changes.Clear();
    }
}
