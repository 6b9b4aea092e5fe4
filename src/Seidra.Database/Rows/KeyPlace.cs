namespace Seidra.Database;

/// <summary>The key of a row of Classic, and which row of that key it is.</summary>
/// <param name="Id">What the key means; null where it is empty or no text.</param>
/// <param name="Occurrence">1 for the first row of this key.</param>
/// <param name="Odd">The key for people where <paramref name="Id"/> is null; else null.</param>
internal readonly record struct KeyPlace(KeyId? Id, int Occurrence, string? Odd)
{
    /// <summary>As the ledger keeps it, which cannot hold a NUL.</summary>
    public string Text => Odd ?? Id!.Value.ToString().Replace('\0', '\u0001');
}

/// <summary>Reads the keys of rows that come in order, and counts those that come again.</summary>
internal sealed class KeyTracker(int ordinal, SeenKeys? seen)
{
    private KeyPlace _last;

    /// <summary>The place of the row.</summary>
    public KeyPlace Of(IRawRow row)
    {
        var value = row.Raw(ordinal);
        KeyId? id = value.Kind == RawKind.Integer ? new KeyId(value.Number, null) : KeyId.Of(row[ordinal]);
        return _last = id is { } key
            ? new KeyPlace(key, seen?.Add(key) ?? (_last.Id == key ? _last.Occurrence + 1 : 1), null)
            : Odd(RowKey.Of(row[ordinal]).Display);
    }

    private KeyPlace Odd(string text) => new(null, _last.Odd == text ? _last.Occurrence + 1 : 1, text);
}
