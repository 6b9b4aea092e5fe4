using System.Data.Common;

namespace Seidra.Database;

/// <summary>Collects what changed: each key once, so that memory grows with distinct keys and not with changes.</summary>
internal sealed class KeyBatch
{
    private readonly Dictionary<string, HashSet<KeyId>> _keys = new(StringComparer.Ordinal);
    private readonly HashSet<string> _truncated = new(StringComparer.Ordinal);
    private (string? Name, HashSet<KeyId> Keys) _last = (null, []);
    private long _changes;
    private DateTimeOffset? _since;

    public bool IsEmpty => _changes == 0;

    /// <summary>How many keys there are.</summary>
    public int Keys => _keys.Values.Sum(keys => keys.Count);

    /// <summary>A row of a table was inserted, updated or deleted.</summary>
    public void Note(string table, KeyId key)
    {
        // Changes come in runs of one table.
        if (!ReferenceEquals(_last.Name, table) && _last.Name != table)
        {
            if (!_keys.TryGetValue(table, out var keys))
                _keys.Add(table, keys = []);
            _last = (table, keys);
        }

        _last.Keys.Add(key);
        _changes++;
    }

    /// <summary>A table was emptied as a whole.</summary>
    public void Truncate(string table)
    {
        _truncated.Add(table);
        _changes++;
    }

    /// <summary>When the changes noted from here on were committed; the oldest counts.</summary>
    public void At(DateTimeOffset time) => _since = _since is { } since && since <= time ? since : time;

    /// <summary>Takes in what another one holds.</summary>
    public void Add(KeyBatch other)
    {
        foreach (var (table, keys) in other._keys)
        {
            if (!_keys.TryGetValue(table, out var mine))
                _keys.Add(table, mine = []);
            mine.UnionWith(keys);
        }

        _truncated.UnionWith(other._truncated);
        _changes += other._changes;
        if (other._since is { } since)
            At(since);
    }

    /// <summary>Both together; neither changes.</summary>
    public static KeyBatch Union(KeyBatch one, KeyBatch other)
    {
        if (one.IsEmpty)
            return other;
        if (other.IsEmpty)
            return one;
        var union = new KeyBatch();
        union.Add(one);
        union.Add(other);
        return union;
    }

    public ChangeSet ToSet(string position, DbConnection snapshot) => new(
        _keys.ToDictionary(pair => pair.Key, pair => (IReadOnlyCollection<KeyId>)pair.Value, StringComparer.Ordinal),
        _changes,
        _truncated,
        position,
        IsEmpty ? null : _since,
        snapshot);
}
