namespace Seidra.Database;

/// <summary>
/// Ultimate's keys as Classic's. A key is, in this order: one given to a row born in Ultimate in an earlier round; one that
/// moved on the way in; one that can be reckoned; else the row was born in Ultimate and gets a key above all of Classic's.
/// </summary>
internal sealed class ReturnKeys(ReturnPlan plan, ClassicConnection classic)
{
    private readonly Dictionary<string, TableKeys> _tables = new(StringComparer.Ordinal);

    /// <summary>What is known of one table's keys.</summary>
    private sealed class TableKeys
    {
        /// <summary>Classic's key by Ultimate's; null where it has none.</summary>
        public Dictionary<KeyId, KeyId?> Known { get; } = [];

        public Dictionary<KeyId, KeyId>? Moved { get; set; }

        /// <summary>Classic's numbers that are other rows in Ultimate.</summary>
        public HashSet<KeyId> MovedAway { get; set; } = [];

        public UuidIndex? Index { get; set; }

        public long Highest { get; set; } = -1;

        /// <summary>The highest number that Ultimate's row keeps in Classic: no other row may be given it.</summary>
        public long HighestKept { get; set; }
    }

    /// <summary>Finds Classic's keys of some of Ultimate's.</summary>
    public async Task LoadAsync(string name, IEnumerable<KeyId> targets, System.Data.Common.DbConnection ultimate, CancellationToken cancel)
    {
        var (table, keys) = (plan[name], Of(name));
        var unknown = targets.Where(target => !keys.Known.ContainsKey(target)).Distinct().ToList();
        if (unknown.Count == 0 || !table.IsInClassic)
            return;
        await LoadMovedAsync(name, keys, ultimate, cancel);
        var given = await GivenAsync(name, unknown, cancel);
        foreach (var target in unknown)
            keys.Known[target] = given.TryGetValue(target, out var source) || keys.Moved!.TryGetValue(target, out source) ? source : null;
        var left = unknown.Where(target => keys.Known[target] is null).ToList();
        if (left.Count == 0)
            return;
        if (table.Plan!.Rule.Key.As == KeyKind.Uuid)
            await ReckonUuidsAsync(table, keys, left, ultimate, cancel);
        else
            await ReckonKeptAsync(table, keys, left, ultimate, cancel);
    }

    /// <summary>Classic's key of a loaded one of Ultimate's; null where it has none yet.</summary>
    public KeyId? Find(string table, KeyId target) => Of(table).Known.GetValueOrDefault(target);

    /// <summary>Gives a row born in Ultimate a key in Classic.</summary>
    public async Task<KeyId> GiveAsync(ReturnTable table, KeyId target, CancellationToken cancel)
    {
        var keys = Of(table.Name);
        if (!table.Key.IsNumeric)
        {
            keys.Known[target] = target;
            return target;
        }

        if (keys.Highest < 0)
            keys.Highest = await HighestAsync(table, keys, cancel);
        keys.Highest = Math.Max(keys.Highest, keys.HighestKept) + 1;
        var key = new KeyId(keys.Highest, null);
        keys.Known[target] = key;
        return key;
    }

    /// <summary>Whether a key of Classic leads to this key of Ultimate by itself; what does not must be written down for the next way in.</summary>
    public bool IsReckoned(ReturnTable table, KeyId source, KeyId target) =>
        !Of(table.Name).MovedAway.Contains(source)
        && (table.Plan!.Rule.Key.As == KeyKind.Uuid ? UuidIndex.TargetKey(table.Name, source).Equals(target.ToString(), StringComparison.OrdinalIgnoreCase) : source == target);

    /// <summary>Ultimate's keys of all of Classic's rows that were moved to a table.</summary>
    public async Task<HashSet<KeyId>> TargetsAsync(ReturnTable table, System.Data.Common.DbConnection ultimate, CancellationToken cancel)
    {
        var keys = Of(table.Name);
        await LoadMovedAsync(table.Name, keys, ultimate, cancel);
        var targets = keys.Moved!.ToDictionary(pair => pair.Value, pair => pair.Key);
        await foreach (var row in classic.ReadAsync(new Statement($"SELECT source_key, target_key FROM {ReturnTables.Rows} WHERE table_name = {SqlName.Literal(table.Name)}"), cancel))
            targets[KeyId.Of(row[0])!.Value] = KeyId.Of(row[1])!.Value;
        var sources = new List<KeyId>();
        await foreach (var source in AllAsync(table, cancel))
            sources.Add(source);
        var aside = await new ReturnLedger(ultimate).AsideAsync(table.Name, sources, cancel);
        return [.. sources.Where(source => !aside.Contains(source)).Select(source => targets.TryGetValue(source, out var target) ? target
            : table.Plan!.Rule.Key.As == KeyKind.Uuid ? new KeyId(0, UuidIndex.TargetKey(table.Name, source)) : source)];
    }

    /// <summary>Reads all of Classic's keys where they must be turned forward to be found: before a freeze, not inside it.</summary>
    public async Task WarmAsync(CancellationToken cancel)
    {
        foreach (var table in plan.Tables.Where(table => table.IsInClassic && table.Plan!.Rule.Key.As == KeyKind.Uuid))
            Of(table.Name).Index ??= await IndexAsync(table, cancel);
    }

    /// <summary>Forgets what a round that was taken back had given.</summary>
    public void Forget() => _tables.Clear();

    private TableKeys Of(string table) => _tables.TryGetValue(table, out var keys) ? keys : _tables[table] = new TableKeys();

    private static async Task LoadMovedAsync(string name, TableKeys keys, System.Data.Common.DbConnection ultimate, CancellationToken cancel)
    {
        if (keys.Moved is not null)
            return;
        keys.Moved = await new ReturnLedger(ultimate).MovedAsync(name, cancel);
        keys.MovedAway = [.. keys.Moved.Values];
    }

    private async Task<Dictionary<KeyId, KeyId>> GivenAsync(string name, List<KeyId> targets, CancellationToken cancel)
    {
        var given = new Dictionary<KeyId, KeyId>();
        foreach (var batch in targets.Chunk(500))
        {
            var query = $"SELECT target_key, source_key FROM {ReturnTables.Rows} WHERE table_name = {SqlName.Literal(name)} AND target_key IN ({string.Join(", ", batch.Select(key => SqlName.Literal(key.ToString())))})";
            await foreach (var row in classic.ReadAsync(new Statement(query), cancel))
                given[KeyId.Of(row[0])!.Value] = KeyId.Of(row[1])!.Value;
        }

        return given;
    }

    // A number or text that was kept on the way in: the same in Classic, unless Classic's row of that key is another one.
    private async Task ReckonKeptAsync(ReturnTable table, TableKeys keys, List<KeyId> targets, System.Data.Common.DbConnection ultimate, CancellationToken cancel)
    {
        var aside = await new ReturnLedger(ultimate).AsideAsync(table.Name, targets, cancel);
        foreach (var batch in targets.Chunk(500))
        {
            var query = $"SELECT source_key FROM {ReturnTables.Rows} WHERE table_name = {SqlName.Literal(table.Name)} AND source_key IN ({string.Join(", ", batch.Select(key => SqlName.Literal(key.ToString())))})";
            await foreach (var row in classic.ReadAsync(new Statement(query), cancel))
                aside.Add(KeyId.Of(row[0])!.Value);
        }

        // A number that Ultimate keeps for itself is Classic's only where Classic has it: its own demo account.
        var reserved = targets.Where(target => target.IsNumber && table.Plan!.Rule.Key.Reserved.Contains(target.Number)).ToHashSet();
        foreach (var query in new ClassicTable(table, classic.Kind).Keys(reserved.ToList()))
        {
            await foreach (var row in classic.ReadAsync(query, cancel))
                reserved.Remove(KeyId.Of(row[0])!.Value);
        }

        foreach (var target in targets)
        {
            if (reserved.Contains(target) || aside.Contains(target) || keys.MovedAway.Contains(target))
                continue;
            keys.Known[target] = target;
            keys.HighestKept = target.IsNumber ? Math.Max(keys.HighestKept, target.Number) : keys.HighestKept;
        }
    }

    private async Task ReckonUuidsAsync(ReturnTable table, TableKeys keys, List<KeyId> targets, System.Data.Common.DbConnection ultimate, CancellationToken cancel)
    {
        if (keys.Index is null)
        {
            foreach (var (target, source) in await UltimateRows.ToldAsync(ultimate, table, targets, cancel))
            {
                if (UuidIndex.TargetKey(table.Name, source) == target.ToString())
                    keys.Known[target] = source;
            }

            if (!table.Key.IsNumeric)
            {
                var sql = new ClassicTable(table, classic.Kind);
                foreach (var query in sql.Keys(targets))
                {
                    await foreach (var row in classic.ReadAsync(query, cancel))
                        keys.Known[KeyId.Of(row[0])!.Value] = KeyId.Of(row[0]);
                }
            }
        }

        foreach (var target in targets.Where(target => keys.Known[target] is null))
            keys.Known[target] = (keys.Index ??= await IndexAsync(table, cancel)).Find(target.ToString());
    }

    private async Task<UuidIndex> IndexAsync(ReturnTable table, CancellationToken cancel) =>
        await UuidIndex.BuildAsync(table, AllAsync(table, cancel));

    private async IAsyncEnumerable<KeyId> AllAsync(ReturnTable table, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in classic.ReadAsync(new ClassicTable(table, classic.Kind).AllKeys, cancel))
        {
            if (KeyId.Of(row[0]) is { } key)
                yield return key;
        }
    }

    private async Task<long> HighestAsync(ReturnTable table, TableKeys keys, CancellationToken cancel)
    {
        var highest = KeyId.Of(await classic.ScalarAsync(new ClassicTable(table, classic.Kind).HighestKey, cancel)) is { IsNumber: true } key ? Math.Max(0, key.Number) : 0;
        await foreach (var row in classic.ReadAsync(new Statement($"SELECT source_key FROM {ReturnTables.Rows} WHERE table_name = {SqlName.Literal(table.Name)}"), cancel))
            highest = KeyId.Of(row[0]) is { IsNumber: true } given ? Math.Max(highest, given.Number) : highest;
        return (keys.Moved ?? []).Values.Append(new KeyId(highest, null)).Where(source => source.IsNumber).Max(source => source.Number);
    }
}
