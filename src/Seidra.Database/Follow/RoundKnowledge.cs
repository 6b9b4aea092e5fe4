using System.Runtime.InteropServices;

namespace Seidra.Database;

/// <summary>
/// What the encoder is told of other rows. Asking the target row by row would cost a round trip each, so an unknown row is
/// first guessed to be where its key says it can be; the guesses of a whole batch are then looked up at once, and rows that were
/// told wrong are encoded again. What this round has looked at itself is known.
/// </summary>
internal sealed class RoundKnowledge(FollowTables tables, FollowLedger ledger) : IRowKnowledge
{
    private readonly Dictionary<(string Table, KeyId Key), Placement> _found = [];
    private readonly Dictionary<string, Dictionary<KeyId, (RowState Former, RowState Now)>> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Column, KeyId Key), string> _renamed = [];
    private readonly List<Guess> _guesses = [];
    private FollowTable? _table;
    private KeyId _row;

    /// <summary>Classic's demo account.</summary>
    public KeyId? Demo { get; set; }

    /// <summary>Whose row is encoded next.</summary>
    public void At(FollowTable table, KeyId row) => (_table, _row) = (table, row);

    /// <summary>The row's new state as this round has it; null where it has not looked at it.</summary>
    public RowState? Examined(string table, KeyId row) =>
        _rows.TryGetValue(table, out var rows) && rows.TryGetValue(row, out var states) ? states.Now : null;

    /// <summary>The row's state before this round; null where it has not looked at it.</summary>
    public RowState? Former(string table, KeyId row) =>
        _rows.TryGetValue(table, out var rows) && rows.TryGetValue(row, out var states) ? states.Former : null;

    /// <summary>Notes what a look at a row brought; what it was before the round is noted once.</summary>
    public void Note(string table, KeyId row, RowState former, RowState now)
    {
        ref var rows = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, table, out _);
        ref var states = ref CollectionsMarshal.GetValueRefOrAddDefault(rows ??= [], row, out var known);
        states = (known ? states.Former : former, now);
    }

    /// <summary>The name that a row must take in this round.</summary>
    public void Rename(string column, KeyId row, string name) => _renamed[(column, row)] = name;

    public Placement Find(string table, KeyId key)
    {
        if (Examined(table, key) is { } state)
            return state.Placement;
        if (_found.TryGetValue((table, key), out var known))
            return known;
        // A table that Classic does not have at all holds no row.
        if (tables.Get(table) is not { } parent)
            return Placement.Unknown;
        var guess = parent.Keys.Of(key) is null ? Placement.Unknown : Placement.Placed;
        _guesses.Add(new Guess(_row, table, key, guess));
        return guess;
    }

    public long Number(string table, long number, out bool isMoved)
    {
        var keys = tables.Get(table)!.Keys;
        var key = new KeyId(number, null);
        var id = keys.Of(key);
        if (id is null && table == _table?.Name && key == _row)
            id = keys.Allocate(key);
        isMoved = id is not null && id != key;
        return id?.Number ?? number;
    }

    public bool IsDemo(KeyId user) => user == Demo;

    public string? Renamed(string table, string column, KeyId key) => _renamed.GetValueOrDefault((column, key));

    public string? Born(string table, KeyId key) => tables.Get(table) is { Table.IsNumeric: false } follow && follow.Keys.IsKept(key) ? follow.Keys.Of(key)!.Value.Text : null;

    /// <summary>Looks up what was guessed since the last time.</summary>
    /// <returns>The rows that were told wrong.</returns>
    public async Task<HashSet<KeyId>> SettleAsync(CancellationToken cancel)
    {
        foreach (var asked in _guesses.GroupBy(guess => guess.Table, guess => guess.Key))
            await LookUpAsync(tables.Get(asked.Key)!, [.. asked.Distinct()], cancel);
        var wrong = new HashSet<KeyId>();
        foreach (var guess in _guesses)
        {
            if (_found[(guess.Table, guess.Key)] != guess.Told)
                wrong.Add(guess.Row);
        }

        _guesses.Clear();
        return wrong;
    }

    /// <summary>Which of these rows are in Ultimate.</summary>
    public async Task<IReadOnlyCollection<KeyId>> PlacedAsync(string table, IEnumerable<KeyId> keys, CancellationToken cancel)
    {
        var all = keys.ToArray();
        await LookUpAsync(tables.Get(table)!, [.. all.Where(key => Examined(table, key) is null && !_found.ContainsKey((table, key)))], cancel);
        return [.. all.Where(key => Find(table, key) == Placement.Placed)];
    }

    private async Task LookUpAsync(FollowTableKeys parent, KeyId[] keys, CancellationToken cancel)
    {
        var ids = new Dictionary<KeyId, KeyId>();
        foreach (var key in keys)
        {
            if (parent.Keys.Of(key) is { } id)
                ids[key] = id;
        }

        var present = await ledger.PresentAsync(parent.Table, [.. ids.Values], cancel);
        var missing = keys.Where(key => !ids.TryGetValue(key, out var id) || !present.Contains(id)).Select(LedgerKey.Of).ToArray();
        var aside = await ledger.AsideAsync(parent.Table, missing, cancel);
        foreach (var key in keys)
            _found[(parent.Table.Name, key)] = ids.TryGetValue(key, out var id) && present.Contains(id) ? Placement.Placed : aside.Contains(LedgerKey.Of(key)) ? Placement.Aside : Placement.Unknown;
    }

    private readonly record struct Guess(KeyId Row, string Table, KeyId Key, Placement Told);
}
