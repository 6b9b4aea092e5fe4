using System.Text.Json;

namespace Seidra.Database;

/// <summary>
/// Which key in Ultimate each row of one table has, and back. Only rows whose key cannot be told from Classic's are kept in
/// memory: numbers that moved, and rows born in Ultimate. The follower alone writes them, so they are read once.
/// </summary>
internal sealed class FollowKeys(FollowTable table)
{
    private const long Gap = 1_000;
    private const int LongestText = 100;
    private readonly Dictionary<KeyId, KeyId> _ids = [];
    private readonly Dictionary<KeyId, KeyId> _holders = [];
    private readonly HashSet<KeyId> _altered = [];
    private readonly HashSet<long> _occupied = [];
    private long _next;

    /// <summary>Rows whose entry in the ledger is not what is known here.</summary>
    public IReadOnlyCollection<KeyId> Altered => _altered;

    /// <summary>Takes an entry of the ledger.</summary>
    public void Load(string source, string target)
    {
        if (KeyId.Of(source) is not { } key)
            return;
        var id = table.IsNumeric ? KeyId.Of(target)!.Value : new KeyId(0, target);
        _ids[key] = id;
        _holders[id] = key;
    }

    /// <summary>The key in Ultimate; null where the row can have none, or gets one only when it is looked at.</summary>
    public KeyId? Of(KeyId key)
    {
        if (_ids.TryGetValue(key, out var known))
            return known;
        return table.Plan.Rule.Key.As switch
        {
            KeyKind.Integer => key is { IsNumber: true, Number: >= 1 and <= int.MaxValue } && !IsTaken(key.Number) ? key : null,
            KeyKind.Uuid when TargetKeys.IsUuid(key) => key,
            KeyKind.Uuid => new KeyId(0, StableUuid.Of(table.Name, key)),
            _ => key.ToString() is { Length: > 0 and <= LongestText } text ? new KeyId(0, text) : null,
        };
    }

    /// <summary>The row that was moved to a key, or was born with it; null where there is none.</summary>
    public KeyId? Holder(KeyId id) => _holders.TryGetValue(id, out var key) ? key : null;

    /// <summary>Whether a row has another key than its own by the ledger.</summary>
    public bool IsKept(KeyId key) => _ids.ContainsKey(key);

    /// <summary>Whether the row needs a number that is not its own and has none yet.</summary>
    public bool NeedsNumber(KeyId key) => table.IsNumeric && key.IsNumber && Of(key) is null;

    /// <summary>Gives a row a key that is not its own.</summary>
    public void Assign(KeyId key, KeyId id)
    {
        Drop(key);
        _ids[key] = id;
        _holders[id] = key;
        _altered.Add(key);
    }

    /// <summary>Forgets that a row has another key.</summary>
    public void Drop(KeyId key)
    {
        if (!_ids.Remove(key, out var id))
            return;
        _holders.Remove(id);
        _altered.Add(key);
    }

    /// <summary>The ledger has what is known here.</summary>
    public void Settle() => _altered.Clear();

    /// <summary>Where new numbers begin: above everything known.</summary>
    /// <param name="highest">The highest number of the target.</param>
    /// <param name="examined">Classic's keys that are looked at.</param>
    /// <param name="occupied">Numbers of the target near the upper end.</param>
    public void Above(long highest, IEnumerable<KeyId> examined, IEnumerable<long> occupied)
    {
        foreach (var key in examined)
            highest = key is { IsNumber: true, Number: <= int.MaxValue } ? Math.Max(highest, key.Number) : highest;
        foreach (var id in _holders.Keys)
            highest = Math.Max(highest, id.Number);
        _next = Math.Max(_next, Math.Clamp(highest, 0, Ceiling) + Gap);
        _occupied.UnionWith(occupied);
    }

    /// <summary>Up to here a gap fits below the highest number there is.</summary>
    public static long Ceiling => int.MaxValue - (2 * Gap);

    /// <summary>A number for a row that cannot keep its own.</summary>
    public KeyId Allocate(KeyId key)
    {
        while (IsTaken(++_next) || _occupied.Contains(_next))
            continue;
        Assign(key, new KeyId(_next, null));
        return new KeyId(_next, null);
    }

    /// <summary>Classic's key of a row of Ultimate; null where it cannot be told from the row.</summary>
    /// <param name="id">The row's key.</param>
    /// <param name="kept">Its JSON column that keeps the old id; null where it has none.</param>
    public KeyId? Source(KeyId id, string? kept)
    {
        if (_holders.TryGetValue(id, out var key))
            return key;
        if (table.IsNumeric)
            return id;
        if (table.Plan.Rule.Key.As == KeyKind.Text)
            return KeyId.Of(id.Text);
        if (kept is not null && Kept(kept) is { } old && Of(old) == id)
            return old;
        // A UUID of version 5 may be one of ours, whose old id nobody kept.
        return table.KeptIn is not null || Guid.Parse(id.Text!).Version != 5 ? id : null;
    }

    private bool IsTaken(long number) => table.Plan.Rule.Key.Reserved.Contains(number) || _holders.ContainsKey(new KeyId(number, null));

    private KeyId? Kept(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty(table.Plan.Rule.Key.KeepAs!, out var old))
            return null;
        return old.ValueKind switch
        {
            JsonValueKind.String => KeyId.Of(old.GetString()),
            JsonValueKind.Number when old.TryGetInt64(out var number) => new KeyId(number, null),
            _ => null,
        };
    }
}
