namespace Seidra.Media;

/// <summary>An object opened for reading.</summary>
/// <param name="stored">The object that is being read, as its store describes it.</param>
/// <param name="metadata">What is kept beside the bytes.</param>
/// <param name="stream">The bytes; disposed with this.</param>
/// <param name="unchanged">Tells after reading whether the object stayed the same meanwhile; null where the store cannot
/// change an object that is being read.</param>
public sealed class ObjectContent(StoredObject stored, ObjectMetadata metadata, Stream stream, Func<bool>? unchanged = null)
    : IAsyncDisposable
{
    /// <summary>The object that is being read; newer than a listing's where it was replaced since.</summary>
    public StoredObject Stored => stored;

    /// <summary>What is kept beside the bytes.</summary>
    public ObjectMetadata Metadata => metadata;

    /// <summary>The bytes.</summary>
    public Stream Stream => stream;

    /// <summary>Fails where the object changed between opening and now.</summary>
    /// <exception cref="MediaObjectException">It changed; read it again.</exception>
    public void EnsureUnchanged()
    {
        if (unchanged is not null && !unchanged())
        {
            throw new MediaObjectException(stored.Key, ObjectFailure.Changed, $"{stored.Key} changed while it was read.");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
