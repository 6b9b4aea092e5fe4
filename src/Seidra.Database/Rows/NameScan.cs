namespace Seidra.Database;

/// <summary>
/// One reading of the tables with unique columns, before any row is moved: the lowest key of all that want a name keeps it, so
/// the outcome does not depend on the order of rows. Holds 16 bytes and a key per name.
/// </summary>
internal sealed class NameScan(MigrationPlan plan)
{
    private readonly Dictionary<(string Table, string Column, KeyId Key), string> _renamed = [];

    /// <summary>The demo account; null where Classic has none.</summary>
    public KeyId? Demo { get; private set; }

    public string? Renamed(string table, string column, KeyId key) => _renamed.Count == 0 ? null : _renamed.GetValueOrDefault((table, column, key));

    public void Run(IRowSource source)
    {
        foreach (var table in plan.Tables.Where(table => table.Derived is null))
        {
            var names = new NameRules(table, plan.Options);
            if (names.Columns.Count > 0)
                Run(source, table, names);
        }
    }

    private void Run(IRowSource source, TablePlan table, NameRules names)
    {
        var demo = table.Target == TargetKeys.Users && table.Rule.Key.As == KeyKind.Integer ? new DemoMatch(table, plan.Options.DemoUsername) : null;
        var places = new KeyTracker(table.Binding.Key, source.HasUniqueKey(table) ? null : new SeenKeys());
        var claims = names.Columns.Select(column => new NameClaims(column)).ToList();
        var candidates = new List<KeyId>();
        foreach (var row in source.Read(table, KeyRange.All))
        {
            var place = places.Of(row);
            if (place is not { Id: { } key, Occurrence: 1 })
                continue;
            if (demo is not null && key.IsNumber && demo.Matches(row))
                candidates.Add(key);
            else
                Claim(names, claims, row, key);
        }

        Demo = candidates.Count > 0 ? candidates.Min(KeyOrder.Instance) : Demo;
        Again(source, table, candidates.Where(key => key != Demo), (row, key) => Claim(names, claims, row, key));
        Again(source, table, claims.SelectMany(claim => claim.Losers), (row, key) => Rename(names, claims, row, key, table));
    }

    private static void Claim(NameRules names, List<NameClaims> claims, IRawRow row, KeyId key)
    {
        foreach (var claim in claims)
        {
            if (names.Wanted(row, claim.Column, Verdict(key)) is { } wanted)
                claim.Add(claim.Column.Hash(wanted), key);
        }
    }

    private void Rename(NameRules names, List<NameClaims> claims, IRawRow row, KeyId key, TablePlan table)
    {
        foreach (var claim in claims)
        {
            if (names.Wanted(row, claim.Column, Verdict(key)) is { } wanted && claim.IsLost(claim.Column.Hash(wanted), key))
                _renamed[(table.Target, claim.Column.Name, key)] = claim.Column.Variant(wanted, key, claim.IsWanted);
        }
    }

    private static void Again(IRowSource source, TablePlan table, IEnumerable<KeyId> keys, Action<IRawRow, KeyId> act)
    {
        var places = new KeyTracker(table.Binding.Key, new SeenKeys());
        foreach (var row in source.Read(table, keys.ToHashSet()))
        {
            if (places.Of(row) is { Id: { } key, Occurrence: 1 })
                act(row, key);
        }
    }

    private static RowVerdict Verdict(KeyId key) => new(key.ToString(), path => path);
}

/// <summary>Who wants which value of one unique column.</summary>
internal sealed class NameClaims(UniqueColumn column)
{
    private readonly Dictionary<UInt128, KeyId> _lowest = [];

    public UniqueColumn Column => column;

    /// <summary>The rows that do not get what they want.</summary>
    public HashSet<KeyId> Losers { get; } = [];

    public void Add(UInt128 hash, KeyId key)
    {
        if (column.IsReserved(hash))
            Losers.Add(key);
        if (!_lowest.TryAdd(hash, key))
        {
            var other = _lowest[hash];
            var (lower, higher) = KeyOrder.Instance.Compare(key, other) < 0 ? (key, other) : (other, key);
            _lowest[hash] = lower;
            Losers.Add(higher);
        }
    }

    public bool IsWanted(UInt128 hash) => _lowest.ContainsKey(hash);

    public bool IsLost(UInt128 hash, KeyId key) => column.IsReserved(hash) || _lowest[hash] != key;
}
