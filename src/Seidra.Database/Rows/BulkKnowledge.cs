namespace Seidra.Database;

/// <summary>What the bulk copy's encoders must know of other rows, in memory. Thread-safe.</summary>
internal sealed class BulkKnowledge : IRowKnowledge
{
    private readonly Dictionary<string, TableKeys> _tables;
    private readonly NameScan _names;

    public BulkKnowledge(MigrationPlan plan)
    {
        _tables = plan.Tables.ToDictionary(table => table.Target, table => new TableKeys(table.Rule.Key), StringComparer.Ordinal);
        _names = new NameScan(plan);
    }

    /// <summary>Reads what must be known before the first row is encoded: who wants which name, and who is the demo account.</summary>
    public void Scan(IRowSource source) => _names.Run(source);

    /// <summary>Tells which numbers of a table are taken.</summary>
    /// <param name="table">Ultimate's table.</param>
    /// <param name="moved">Numbers moved by earlier runs, old to new.</param>
    /// <param name="foreign">Numbers of Ultimate's own rows.</param>
    /// <param name="highest">The highest number on either side.</param>
    public void Number(string table, IReadOnlyDictionary<long, long> moved, IEnumerable<long> foreign, long highest) =>
        _tables[table].Numbers.Load(moved, foreign, highest);

    /// <summary>Notes what became of the rows of a chunk.</summary>
    public void Add(RowChunk chunk)
    {
        var table = _tables[chunk.Table.Target];
        foreach (var row in chunk.Placed)
            table.Placed.Add(row.Key);
        foreach (var row in chunk.Aside)
        {
            if (row.Reason != Reasons.MissingKey && KeyId.Of(row.Key) is { } key)
                table.Aside.Add(key);
        }
    }

    /// <summary>Notes a row that an earlier run has placed.</summary>
    public void AddPlaced(string table, KeyId key) => _tables[table].Placed.Add(key);

    /// <summary>Notes a row that an earlier run has kept aside.</summary>
    public void AddAside(string table, KeyId key) => _tables[table].Aside.Add(key);

    public Placement Find(string table, KeyId key)
    {
        var keys = _tables[table];
        if (keys.Placed.Contains(key))
            return Placement.Placed;
        return keys.Aside.Contains(key) ? Placement.Aside : Placement.Unknown;
    }

    public long Number(string table, long number, out bool isMoved)
    {
        var found = table == TargetKeys.Users && _names.Demo == new KeyId(number, null) ? DemoAccount.Id : _tables[table].Numbers.Of(number);
        isMoved = found != number;
        return found;
    }

    public bool IsDemo(KeyId user) => _names.Demo == user;

    public string? Renamed(string table, string column, KeyId key) => _names.Renamed(table, column, key);

    /// <summary>What is known of one table's rows.</summary>
    private sealed class TableKeys(KeyRule rule)
    {
        public SharedKeys Placed { get; } = new();

        public SharedKeys Aside { get; } = new();

        public MovedNumbers Numbers { get; } = new(rule);
    }
}
