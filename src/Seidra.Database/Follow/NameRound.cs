namespace Seidra.Database;

/// <summary>
/// Who may have which unique name after a round, told from the changed rows alone: the lowest key that wants a name keeps it, so
/// only rows that begin or cease to be the lowest change with others, and rows whose variant somebody begins or ceases to want.
/// </summary>
internal sealed class NameRound
{
    private readonly FollowContext _context;
    private readonly FollowTableKeys _table;
    private readonly IRowSource _source;
    private readonly RoundKnowledge _knowledge;
    private readonly NameRules _rules;
    private readonly DemoMatch? _demo;
    private readonly Dictionary<KeyId, Wishes> _rows = [];
    private readonly Dictionary<(string Column, UInt128 Hash), HashSet<KeyId>> _known = [];

    public NameRound(FollowContext context, FollowTableKeys table, IRowSource source, RoundKnowledge knowledge)
    {
        (_context, _table, _source, _knowledge) = (context, table, source, knowledge);
        _rules = new NameRules(table.Table.Plan, context.Plan.Options);
        _demo = table.Table is { Name: TargetKeys.Users, IsNumeric: true } ? new DemoMatch(table.Table.Plan, context.Plan.Options.DemoUsername) : null;
    }

    /// <summary>The rows that must be looked at with the changed ones; tells names and the demo account to the round's knowledge.</summary>
    public async Task<IReadOnlyCollection<KeyId>> ExpandAsync(IReadOnlyCollection<KeyId> keys, CancellationToken cancel)
    {
        for (var fresh = keys.Where(key => !_rows.ContainsKey(key)).ToHashSet(); fresh.Count > 0;)
        {
            await LoadAsync(fresh, cancel);
            fresh = [.. await DemoAsync(cancel), .. await AffectedAsync(cancel)];
            fresh.ExceptWith(_rows.Keys);
        }

        await RenameAsync(cancel);
        return _rows.Keys;
    }

    private async Task LoadAsync(HashSet<KeyId> keys, CancellationToken cancel)
    {
        foreach (var key in keys)
            _rows[key] = new Wishes();
        foreach (var want in await _context.Ledger.WantsAsync(_table.Table, [.. keys.Select(LedgerKey.Of)], cancel))
        {
            if (KeyId.Of(want.Key) is { } key && _rows.TryGetValue(key, out var row))
                row.Former.Add((want.Column, want.Hash));
        }

        var ids = keys.Where(key => _table.Keys.Of(key) is not null).ToDictionary(key => _table.Keys.Of(key)!.Value);
        foreach (var column in _rules.Columns)
        {
            foreach (var (id, text) in await _context.Ledger.TextsAsync(_table.Table, column.Name, ids.Keys, cancel))
                _rows[ids[id]].Texts.Add(text);
        }

        var places = new KeyTracker(_table.Table.Plan.Binding.Key, new SeenKeys());
        foreach (var row in _source.Read(_table.Table.Plan, keys))
        {
            cancel.ThrowIfCancellationRequested();
            if (places.Of(row) is { Id: { } key, Occurrence: 1 })
                Read(row, key, _rows[key]);
        }
    }

    private void Read(IRawRow row, KeyId key, Wishes wishes)
    {
        wishes.MayBeDemo = key.IsNumber && _demo?.Matches(row) == true;
        foreach (var column in _rules.Columns)
        {
            if (_rules.Wanted(row, column, new RowVerdict(key.ToString(), path => path)) is not { } wanted)
                continue;
            wishes.Wanted[column.Name] = (wanted, column.Hash(wanted));
            wishes.Texts.Add(wanted);
        }
    }

    /// <summary>Tells who is the demo account; all who may be must be looked at for that.</summary>
    private async Task<IEnumerable<KeyId>> DemoAsync(CancellationToken cancel)
    {
        var former = _table.Keys.Holder(new KeyId(DemoAccount.Id, null));
        if (_demo is null || !(_rows.Values.Any(row => row.MayBeDemo) || (former is { } one && _rows.ContainsKey(one))))
            return [];
        var name = _rules.Columns.First(column => column.Name == "username");
        var hash = name.Hash(_context.Plan.Options.DemoUsername);
        await KnowAsync(name.Name, [hash], cancel);
        _knowledge.Demo = _rows.Where(row => row.Value.MayBeDemo).Select(row => (KeyId?)row.Key).MinBy(key => key!.Value, KeyOrder.Instance);
        return former is { } was ? _known[(name.Name, hash)].Append(was) : _known[(name.Name, hash)];
    }

    private async Task<IEnumerable<KeyId>> AffectedAsync(CancellationToken cancel)
    {
        var affected = new HashSet<KeyId>();
        var altered = new HashSet<(string Column, UInt128 Hash)>();
        foreach (var (key, row) in _rows)
        {
            var before = altered.Count;
            foreach (var column in _rules.Columns)
            {
                var now = Wants(key, row, column.Name);
                if (now is { } wanted && !row.Former.Contains((column.Name, wanted)))
                    altered.Add((column.Name, wanted));
                altered.UnionWith(row.Former.Where(former => former.Column == column.Name && former.Hash != now));
            }

            // A name that looks like a variant may have been, or may become, in the way of that variant.
            if (altered.Count > before)
                affected.UnionWith(row.Texts.SelectMany(NameVariants.KeysIn));
        }

        foreach (var column in _rules.Columns)
            await KnowAsync(column.Name, altered.Where(pair => pair.Column == column.Name).Select(pair => pair.Hash), cancel);
        var now2 = Lowest();
        foreach (var pair in altered)
        {
            var former = _known[pair].Count == 0 ? (KeyId?)null : _known[pair].Min(KeyOrder.Instance);
            var next = now2.TryGetValue(pair, out var lowest) ? lowest : Untouched(pair);
            if (former == next)
                continue;
            affected.UnionWith(new[] { former, next }.OfType<KeyId>());
        }

        return affected;
    }

    private async Task RenameAsync(CancellationToken cancel)
    {
        foreach (var column in _rules.Columns)
            await KnowAsync(column.Name, _rows.Values.Where(row => row.Wanted.ContainsKey(column.Name)).Select(row => row.Wanted[column.Name].Hash), cancel);
        var lowest = Lowest();
        foreach (var column in _rules.Columns)
        {
            var losers = new List<(KeyId Key, string Wanted)>();
            foreach (var (key, row) in _rows)
            {
                if (Wants(key, row, column.Name) is { } hash && (column.IsReserved(hash) || lowest[(column.Name, hash)] != key))
                    losers.Add((key, row.Wanted[column.Name].Text));
            }

            await VariantsAsync(column, losers, lowest, cancel);
        }
    }

    private async Task VariantsAsync(UniqueColumn column, List<(KeyId Key, string Wanted)> losers, Dictionary<(string, UInt128), KeyId> lowest, CancellationToken cancel)
    {
        // Whether a variant is wanted is asked for all of them together; those that are get another try.
        for (var unknown = new HashSet<UInt128>(); ; unknown.Clear())
        {
            foreach (var (key, wanted) in losers)
            {
                _knowledge.Rename(column.Name, key, column.Variant(wanted, key, hash =>
                {
                    if (!_known.ContainsKey((column.Name, hash)))
                        unknown.Add(hash);
                    return lowest.ContainsKey((column.Name, hash)) || (_known.ContainsKey((column.Name, hash)) && Untouched((column.Name, hash)) is not null);
                }));
            }

            if (unknown.Count == 0)
                return;
            await KnowAsync(column.Name, unknown, cancel);
        }
    }

    /// <summary>The lowest key for each name that a row of this round wants, among all rows.</summary>
    private Dictionary<(string Column, UInt128 Hash), KeyId> Lowest()
    {
        var lowest = new Dictionary<(string, UInt128), KeyId>();
        foreach (var (key, row) in _rows)
        {
            foreach (var column in _rules.Columns)
            {
                if (Wants(key, row, column.Name) is not { } hash)
                    continue;
                var pair = (column.Name, hash);
                if (!lowest.TryGetValue(pair, out var other))
                    lowest[pair] = Untouched(pair) is { } untouched && KeyOrder.Instance.Compare(untouched, key) < 0 ? untouched : key;
                else if (KeyOrder.Instance.Compare(key, other) < 0)
                    lowest[pair] = key;
            }
        }

        return lowest;
    }

    // The demo account wants nothing: its name and address are Ultimate's.
    private UInt128? Wants(KeyId key, Wishes row, string column) =>
        key != _knowledge.Demo && row.Wanted.TryGetValue(column, out var wanted) ? wanted.Hash : null;

    /// <summary>The lowest of the rows that this round does not look at and that want a name.</summary>
    private KeyId? Untouched((string, UInt128) pair) =>
        _known.TryGetValue(pair, out var keys) ? keys.Where(key => !_rows.ContainsKey(key)).Select(key => (KeyId?)key).MinBy(key => key!.Value, KeyOrder.Instance) : null;

    private async Task KnowAsync(string column, IEnumerable<UInt128> hashes, CancellationToken cancel)
    {
        var unknown = hashes.Where(hash => !_known.ContainsKey((column, hash))).Distinct().ToList();
        if (unknown.Count == 0)
            return;
        foreach (var hash in unknown)
            _known[(column, hash)] = [];
        foreach (var want in await _context.Ledger.WantersAsync(_table.Table, column, unknown, cancel))
        {
            if (KeyId.Of(want.Key) is { } key)
                _known[(column, want.Hash)].Add(key);
        }
    }

    /// <summary>What one row wants, and wanted before this round.</summary>
    private sealed class Wishes
    {
        public HashSet<(string Column, UInt128 Hash)> Former { get; } = [];

        public Dictionary<string, (string Text, UInt128 Hash)> Wanted { get; } = new(StringComparer.Ordinal);

        /// <summary>The names that it had or wants.</summary>
        public List<string> Texts { get; } = [];

        public bool MayBeDemo { get; set; }
    }
}
