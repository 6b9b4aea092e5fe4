namespace Seidra.Database;

/// <summary>What one round does to one table: looks at rows by their keys in Classic, writes what came out, and proves it.</summary>
internal sealed class TableRound(FollowContext context, FollowTableKeys table, IRowSource source, RoundKnowledge knowledge)
{
    private readonly Dictionary<KeyId, UInt128> _written = [];
    private readonly HashSet<KeyId> _gone = [];
    private readonly HashSet<KeyId> _owners = [];
    private readonly HashSet<KeyId> _examined = [];
    private readonly IFollowReader _reader = table.Table.Plan.Derived is null
        ? new ClassicReader(context, table, source, knowledge)
        : new DerivedReader(context, table.Table, source, knowledge);

    public string Name => table.Table.Name;

    /// <summary>Keys that were looked at, however often.</summary>
    public long Keys { get; private set; }

    /// <summary>Rows that went into quarantine or stayed there.</summary>
    public long Aside { get; private set; }

    public long Upserted => _written.Count;

    public long Removed => _gone.Count;

    /// <summary>Rows that were read back and found as they were sent, or gone as they should be.</summary>
    public long Verified { get; private set; }

    /// <summary>Looks at rows and writes what came out.</summary>
    /// <returns>The rows that stand elsewhere than before.</returns>
    public async Task<IReadOnlyList<RowChanged>> ExamineAsync(IReadOnlyCollection<KeyId> keys, CancellationToken cancel)
    {
        var changed = new List<RowChanged>();
        foreach (var batch in await _reader.PlanAsync(keys, cancel))
            await ExamineBatchAsync(batch, changed, cancel);
        await context.Session.WriteAsync(table.Table, cancel);
        await context.Ledger.WriteKeysAsync(table.Table, table.Keys, cancel);
        return changed;
    }

    /// <summary>Owners whose derived row must be looked at because of rows looked at here.</summary>
    public IReadOnlyCollection<KeyId> TakeOwners()
    {
        var owners = _owners.ToArray();
        _owners.Clear();
        return owners;
    }

    /// <summary>Rows looked at since the last time this was asked.</summary>
    public IReadOnlyCollection<KeyId> TakeExamined()
    {
        var examined = _examined.ToArray();
        _examined.Clear();
        return examined;
    }

    /// <summary>Removes what has no place any more, once all tables have what they shall have.</summary>
    public async Task RemoveAsync(CancellationToken cancel)
    {
        _gone.ExceptWith(_written.Keys);
        foreach (var part in _gone.Chunk(context.BatchRows))
            await context.Session.RemoveAsync(table.Table, part, cancel);
    }

    /// <summary>Reads back what was written and looks for what was removed.</summary>
    /// <exception cref="DatabaseException">The target does not hold what was sent.</exception>
    public async Task VerifyAsync(CancellationToken cancel)
    {
        var missing = new HashSet<KeyId>(_written.Keys);
        var wrong = new List<KeyId>();
        await context.Session.ReadBackAsync(
            table.Table,
            _written.Keys,
            (id, hash) =>
            {
                // What an earlier turn of this round wrote and a later one took away is looked for below.
                if (!_written.TryGetValue(id, out var sent))
                    return;
                missing.Remove(id);
                if (sent != hash)
                    wrong.Add(id);
            },
            cancel);
        wrong.AddRange(missing);
        foreach (var part in _gone.Chunk(context.BatchRows))
            wrong.AddRange(await context.Ledger.PresentAsync(table.Table, part, cancel, own: false));
        if (wrong.Count > 0)
            throw new DatabaseException($"{Name}: expected {_written.Count + _gone.Count} rows in the target as they were sent, found {wrong.Count} others (first: {string.Join(", ", wrong.Take(5))}); the round was rolled back. A trigger of the target changes rows, or somebody else writes to it: remove it and run the same command again.");
        Verified = _written.Count + _gone.Count;
    }

    private async Task ExamineBatchAsync(KeyId[] batch, List<RowChanged> changed, CancellationToken cancel)
    {
        var before = await ForgetAsync(batch, cancel);
        var rows = await _reader.ReadAsync(batch, cancel);
        Keys += batch.Length;
        _examined.UnionWith(batch);
        Aside += rows.Aside.Count;
        var images = new List<RowImage>(rows.Placed.Count);
        foreach (var (row, tuple) in rows.Placed)
        {
            var id = _reader.Id(row.Key);
            images.Add(new RowImage(id, tuple));
            if (row.IsDemo)
                _written.Remove(id);
            else
                _written[id] = row.Hash;
        }

        await context.Session.StageAsync(table.Table, images, cancel);
        await context.Ledger.WriteAsync(table.Table, rows, cancel);
        foreach (var owner in rows.Owners)
            AddOwner(owner.Owner);
        Settle(batch, before, rows, changed);
    }

    private async Task<RowState[]> ForgetAsync(KeyId[] batch, CancellationToken cancel)
    {
        var ids = new Dictionary<KeyId, KeyId>(batch.Length);
        foreach (var key in batch)
        {
            if (_reader.FormerId(key) is { } id)
                ids[key] = id;
        }

        var former = await context.Ledger.ForgetAsync(
            table.Table, [.. batch.Select(LedgerKey.Of)], [.. ids.Values], table.Table.Target.Unique.Count > 0, context.Tables.DerivedFrom(Name) is not null, cancel);
        foreach (var owner in former.Owners)
            AddOwner(owner);
        var states = new RowState[batch.Length];
        for (var index = 0; index < batch.Length; index++)
        {
            var key = batch[index];
            states[index] = knowledge.Examined(Name, key)
                ?? (ids.TryGetValue(key, out var id) && former.Present.Contains(id) ? RowState.At(id) : RowState.Not(former.Aside.Contains(LedgerKey.Of(key))));
        }

        return states;
    }

    private void Settle(KeyId[] batch, RowState[] before, EncodedRows rows, List<RowChanged> changed)
    {
        var placed = rows.Placed.ToDictionary(row => row.Row.Key, row => _reader.Id(row.Row.Key));
        var ids = placed.Values.ToHashSet();
        var aside = rows.Aside.Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        for (var index = 0; index < batch.Length; index++)
        {
            var (key, former) = (batch[index], before[index]);
            var now = placed.TryGetValue(key, out var id) ? RowState.At(id) : RowState.Not(aside.Contains(LedgerKey.Plain(key)));
            knowledge.Note(Name, key, former, now);
            if (table.Table.IsNumeric && now.Placement != Placement.Placed)
                table.Keys.Drop(key);
            if (now == former)
                continue;
            changed.Add(new RowChanged(key, former, now));
            if (former.Placement != Placement.Placed || now.Id == former.Id)
                continue;
            _gone.Add(former.Id);
            // An earlier turn of this round may have written it.
            if (!ids.Contains(former.Id))
                _written.Remove(former.Id);
        }
    }

    private void AddOwner(string owner)
    {
        if (KeyId.Of(owner) is { } key)
            _owners.Add(key);
    }
}

/// <summary>A row of Classic that stands elsewhere than before.</summary>
internal readonly record struct RowChanged(KeyId Key, RowState Before, RowState Now);
