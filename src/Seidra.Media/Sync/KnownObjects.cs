namespace Seidra.Media;

/// <summary>Walks a manifest beside a listing, both in the order of the keys.</summary>
internal sealed class KnownObjects : IDisposable
{
    private readonly ManifestReader? reader;
    private ManifestEntry? current;

    public KnownObjects(ManifestReader? reader)
    {
        this.reader = reader;
        Advance();
    }

    /// <summary>Gives the next entry before <paramref name="key"/>: the source no longer has it.</summary>
    public ManifestEntry? TakeBefore(string? key)
    {
        var entry = current;
        if (entry is null || (key is not null && KeyOrder.Instance.Compare(entry.Key, key) >= 0))
        {
            return null;
        }

        Advance();
        return entry;
    }

    /// <summary>Gives the entry of <paramref name="key"/> where it is the next one.</summary>
    public ManifestEntry? TakeAt(string key)
    {
        var entry = current;
        if (entry?.Key != key)
        {
            return null;
        }

        Advance();
        return entry;
    }

    public void Dispose() => reader?.Dispose();

    private void Advance() => current = reader is not null && reader.TryRead(out var entry) ? entry : null;
}
