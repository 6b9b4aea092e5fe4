namespace Seidra.Database;

/// <summary>
/// Counts the rows of each key where a table may hold several: rows come in the order of the engine's own index, and the first
/// one of a key is placed. Not thread-safe: such a table is read by one reader.
/// </summary>
internal sealed class SeenKeys
{
    private readonly KeySet _keys = new();
    private readonly Dictionary<KeyId, int> _repeated = [];

    /// <summary>Notes a row of this key.</summary>
    /// <returns>1 for the first one.</returns>
    public int Add(KeyId key)
    {
        if (_keys.Add(key))
            return 1;
        return _repeated[key] = _repeated.GetValueOrDefault(key, 1) + 1;
    }
}
