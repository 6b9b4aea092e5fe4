namespace Seidra.Database;

/// <summary>
/// One round inside one transaction of the target: from the changed keys to all rows that must be looked at because of them,
/// until nothing is added. Parents before children; removals at the end, children first.
/// </summary>
internal sealed class FollowPass(FollowContext context, ChangeSet set, IReadOnlyDictionary<string, HashSet<KeyId>>? also, IRowSource source)
{
    // Rows of a table depend on rows of earlier tables; only a map with references in a circle could go on for ever.
    private const int MostTurns = 50;
    private readonly Dictionary<string, HashSet<KeyId>> _pending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<KeyId>> _owners = new(StringComparer.Ordinal);
    private readonly RoundKnowledge _knowledge = new(context.Tables, context.Ledger);
    private readonly Dictionary<string, TableRound> _rounds = new(StringComparer.Ordinal);

    /// <summary>What was done, by table; parents first.</summary>
    public IReadOnlyList<TableRound> Tables => [.. context.Tables.All.Select(table => _rounds.GetValueOrDefault(table.Table.Name)).OfType<TableRound>()];

    public async Task RunAsync(CancellationToken cancel)
    {
        _knowledge.Demo = context.Tables.Get(TargetKeys.Users)?.Keys.Holder(new KeyId(DemoAccount.Id, null));
        foreach (var table in context.Tables.All.Where(table => table.Table.Plan.Derived is null))
        {
            if (set.Keys.TryGetValue(table.Table.Plan.Source, out var keys) && keys.Count > 0)
                Pending(table.Table.Name).UnionWith(keys);
            if (also?.GetValueOrDefault(table.Table.Name) is { } again)
                Pending(table.Table.Name).UnionWith(again);
            if (set.Truncated.Contains(table.Table.Plan.Source))
                await AddAllAsync(table, cancel);
        }

        for (var turn = 0; context.Tables.All.FirstOrDefault(table => Pending(table.Table.Name).Count > 0) is { } next; turn++)
        {
            if (turn == MostTurns * context.Tables.All.Count)
                throw new DatabaseException($"{next.Table.Name}: expected references of the schema map to end, found rows that decide about one another in a circle. Correct the references in the schema map file.");
            await TurnAsync(next, cancel);
        }

        foreach (var round in Tables.Reverse())
            await round.RemoveAsync(cancel);
        foreach (var round in Tables)
            await round.VerifyAsync(cancel);
    }

    private async Task TurnAsync(FollowTableKeys table, CancellationToken cancel)
    {
        var keys = Pending(table.Table.Name);
        _pending.Remove(table.Table.Name);
        if (!_rounds.TryGetValue(table.Table.Name, out var round))
            _rounds[table.Table.Name] = round = new TableRound(context, table, source, _knowledge);
        var changed = await round.ExamineAsync(keys, cancel);
        if (context.Tables.DerivedFrom(table.Table.Name) is { } derived)
            Pending(derived.Name).UnionWith(round.TakeOwners());
        // Times of a derived row are its owner's, so the owner's row alone may change it.
        foreach (var made in context.Tables.All.Where(other => DerivedEncoder.OwnerTable(other.Table.Plan) == table.Table.Name))
            Pending(made.Table.Name).UnionWith(round.TakeExamined());
        foreach (var part in changed.Chunk(context.BatchRows))
            await AddDependentsAsync(table, part, cancel);
    }

    private async Task AddDependentsAsync(FollowTableKeys table, RowChanged[] changed, CancellationToken cancel)
    {
        var children = context.Tables.Children(table.Table.Name).ToList();
        if (children.Count == 0)
            return;
        foreach (var (name, key) in await context.Ledger.WaitingAsync([.. changed.Select(row => $"{table.Table.Name}/{row.Key}")], cancel))
        {
            if (KeyId.Of(key) is { } waiting)
                Pending(name).Add(waiting);
        }

        var left = changed.Where(row => row.Before.Placement == Placement.Placed).Select(row => row.Before.Id).ToList();
        if (left.Count == 0)
            return;
        foreach (var (child, column) in children)
            AddRows(child, await context.Ledger.ChildrenAsync(child.Table, column, FollowSession.Ids(table.Table, left), cancel), cancel);
    }

    private async Task AddAllAsync(FollowTableKeys table, CancellationToken cancel)
    {
        var (rows, aside) = await context.Ledger.AllAsync(table.Table, cancel);
        AddRows(table, rows, cancel);
        foreach (var key in aside)
        {
            if (KeyId.Of(key) is { } known)
                Pending(table.Table.Name).Add(known);
        }
    }

    private void AddRows(FollowTableKeys table, IReadOnlyList<(KeyId Id, string? Kept)> rows, CancellationToken cancel)
    {
        var pending = Pending(table.Table.Name);
        var untold = new HashSet<KeyId>();
        foreach (var (id, kept) in rows)
        {
            if (table.Keys.Source(id, kept) is { } key)
                pending.Add(key);
            else
                untold.Add(id);
        }

        // No column keeps the old id of such a table (video timelines), and no index leads back from the new one.
        if (untold.Count > 0)
        {
            foreach (var key in source.Keys(table.Table.Plan, KeyRange.All))
            {
                cancel.ThrowIfCancellationRequested();
                if (table.Keys.Of(key) is { } id && untold.Contains(id))
                    pending.Add(key);
            }
        }
    }

    private HashSet<KeyId> Pending(string table)
    {
        if (!_pending.TryGetValue(table, out var keys))
            _pending[table] = keys = [];
        return keys;
    }
}
