namespace Seidra.Database;

/// <summary>The changed rows of one table in one round.</summary>
internal sealed class ReturnTableRound
{
    private static readonly string[] _ownSecrets = ["hashed_password"];
    private readonly ClassicConnection _classic;
    private readonly ReturnKeys _keys;
    private readonly ClassicTable? _sql;
    private readonly ClassicWriter? _writer;
    private readonly RowReverser? _reverser;
    private readonly string? _demoBefore;
    private readonly Dictionary<KeyId, object?[]> _rows = [];
    private readonly HashSet<KeyId> _duplicates = [];
    private readonly HashSet<KeyId> _aside = [];
    private readonly Dictionary<KeyId, bool> _written = [];
    private readonly List<KeyId> _removed = [];
    private readonly List<KeptValue> _kept = [];

    public ReturnTableRound(ReturnTable table, ClassicConnection classic, ReturnKeys keys, ReturnOptions options, IReadOnlyCollection<KeyId> changed, Dictionary<KeyId, UltimateRow> rows, string? demoBefore)
    {
        (Table, Changed, Rows, _classic, _keys, _demoBefore) = (table, changed, rows, classic, keys, demoBefore);
        if (!table.IsInClassic)
            return;
        _sql = new ClassicTable(table, classic.Kind);
        _writer = new ClassicWriter(classic, _sql);
        _reverser = new RowReverser(table, options);
    }

    public ReturnTable Table { get; }

    /// <summary>Ultimate's keys that changed.</summary>
    public IReadOnlyCollection<KeyId> Changed { get; }

    /// <summary>Those that are there now.</summary>
    public IReadOnlyDictionary<KeyId, UltimateRow> Rows { get; }

    /// <summary>Classic's rows of these keys, by Classic's key.</summary>
    public IReadOnlyDictionary<KeyId, object?[]> Classic => _rows;

    public IReadOnlyList<KeptValue> Kept => _kept;

    public long Inserted => _written.Values.Count(isNew => isNew);

    public long Updated => _written.Values.Count(isNew => !isNew);

    public long Deleted => _removed.Count;

    public long Untouched => Rows.Count - _written.Count - _kept.Where(kept => kept.Column.Length == 0).DistinctBy(kept => kept.Key).Count();

    /// <summary>Gives born rows their keys and reads what Classic has of the others.</summary>
    public async Task PlaceAsync(CancellationToken cancel)
    {
        if (_sql is null)
            return;
        foreach (var row in Rows.Values.Where(row => !OwnRows.IsOwn(Table, row) && _keys.Find(Table.Name, row.Key) is null))
            await _keys.GiveAsync(Table, row.Key, cancel);
        await ReadAsync(cancel);
        var leaving = Changed.Where(target => !Rows.ContainsKey(target)).Select(Source).OfType<KeyId>().Where(_rows.ContainsKey).ToList();
        await _writer!.ParkAsync([.. leaving.Select(source => (source, _writer.Names))], _rows, cancel);
    }

    /// <summary>Makes and changes rows.</summary>
    public async Task WriteAsync(RowRelations relations, CancellationToken cancel)
    {
        var changes = new List<ClassicChange>();
        foreach (var row in Rows.Values)
        {
            if (_sql is null || OwnRows.IsOwn(Table, row))
            {
                KeepOwn(row);
                continue;
            }

            var source = Source(row.Key)!.Value;
            if (_duplicates.Contains(source))
            {
                Aside(row, _reverser!.Whole(row, KeptReasons.DuplicateKey, $"Classic holds several rows of key {source}"));
                continue;
            }

            var classic = _rows.GetValueOrDefault(source);
            var reversal = _reverser!.Compare(row, classic, source, relations);
            if (reversal.Aside is { } aside)
            {
                Aside(row, aside);
                continue;
            }

            foreach (var write in reversal.Writes.Where(write => write.Lost is not null))
                _kept.Add(new KeptValue(Table.Name, row.Key.ToString(), write.Column, write.Lost!, KeptReasons.Overwritten, $"what Classic's {Table.Columns[write.Ordinal].Name} held before"));
            if (classic is null || reversal.Writes.Count > 0)
                changes.Add(new ClassicChange(row.Key, source, classic is null, reversal.Writes));
        }

        if (_writer is null)
            return;
        await _writer.WriteAsync(changes, _rows, cancel);
        foreach (var change in changes.Where(change => !_writer.Refused.ContainsKey((change.Source, -1))))
            _written[change.Target] = change.IsNew;
        foreach (var change in changes.Where(change => _writer.Refused.ContainsKey((change.Source, -1))))
            Aside(Rows[change.Target], _reverser!.Whole(Rows[change.Target], KeptReasons.Refused, $"Classic refused the row: {_writer.Refused[(change.Source, -1)]}"));
    }

    /// <summary>Removes the rows that are gone from Ultimate.</summary>
    public async Task RemoveAsync(CancellationToken cancel)
    {
        if (_writer is null)
            return;
        var gone = Changed.Where(target => !Rows.ContainsKey(target) && Source(target) is { } source && _rows.ContainsKey(source)).ToDictionary(target => Source(target)!.Value);
        foreach (var source in gone.Keys.Where(_duplicates.Contains).ToList())
        {
            _kept.Add(new KeptValue(Table.Name, gone[source].ToString(), "", "null", KeptReasons.DuplicateKey, $"the row was removed in Ultimate; Classic holds several of key {source}"));
            gone.Remove(source);
        }

        await _writer.DeleteAsync(gone.Keys, _rows, cancel);
        foreach (var (source, target) in gone)
        {
            if (_writer.Refused.TryGetValue((source, -1), out var said))
                _kept.Add(new KeptValue(Table.Name, target.ToString(), "", "null", KeptReasons.Refused, $"the row was removed in Ultimate; Classic refused: {said}"));
            else
                _removed.Add(target);
        }
    }

    /// <summary>Reads back what was written; what did not come out as Ultimate has it is kept.</summary>
    /// <exception cref="DatabaseException">A row that was removed is still there.</exception>
    public async Task ReadBackAsync(RowRelations relations, CancellationToken cancel)
    {
        if (_sql is null)
            return;
        await ReadAsync(cancel);
        foreach (var row in Rows.Values.Where(row => !OwnRows.IsOwn(Table, row) && !_aside.Contains(row.Key)))
        {
            var source = Source(row.Key)!.Value;
            if (!_rows.TryGetValue(source, out var classic))
                throw new DatabaseException($"Expected {Table.Plan!.Source} {source} in Classic after it was written, found no such row. Nothing was committed; look for a trigger of Classic's own on that table.");
            var reversal = _reverser!.Compare(row, classic, source, relations);
            _kept.AddRange(reversal.Kept);
            foreach (var write in reversal.Writes)
            {
                _kept.Add(_writer!.Refused.TryGetValue((source, write.Ordinal), out var said)
                    ? new KeptValue(Table.Name, row.Key.ToString(), write.Column, write.Json, KeptReasons.Refused, $"Classic refused the value: {said}")
                    : new KeptValue(Table.Name, row.Key.ToString(), write.Column, write.Json, KeptReasons.NotExpressible, $"Classic's {Table.Columns[write.Ordinal].Name} cannot hold the value exactly"));
            }
        }

        if (_removed.FirstOrDefault(target => _rows.ContainsKey(Source(target)!.Value)) is { } left && left != default)
            throw new DatabaseException($"Expected {Table.Plan!.Source} {Source(left)} to be gone from Classic after it was removed, found it there. Nothing was committed; look for a trigger of Classic's own on that table.");
    }

    private KeyId? Source(KeyId target) => _keys.Find(Table.Name, target);

    private async Task ReadAsync(CancellationToken cancel)
    {
        _rows.Clear();
        foreach (var query in _sql!.Rows(Changed.Select(Source).OfType<KeyId>()))
        {
            await foreach (var row in _classic.ReadAsync(query, cancel))
            {
                if (KeyId.Of(row[Table.Binding.Key]) is { } key && !_rows.TryAdd(key, row))
                    _duplicates.Add(key);
            }
        }
    }

    private void Aside(UltimateRow row, KeptValue kept)
    {
        _aside.Add(row.Key);
        _kept.Add(kept);
    }

    private void KeepOwn(UltimateRow row)
    {
        var isOwn = OwnRows.IsOwn(Table, row);
        if (isOwn && Table.Name == "users" && DemoImage.Of(Table, row) == _demoBefore)
            return;
        _kept.Add(new KeptValue(
            Table.Name, row.Key.ToString(), "", UltimateRows.Describe(Table.Ultimate, row, isOwn ? _ownSecrets : []),
            isOwn ? KeptReasons.DemoAccount : KeptReasons.NoTable,
            isOwn ? "it belongs to Ultimate's own demo account" : $"Classic has no table for {Table.Name}"));
    }
}
