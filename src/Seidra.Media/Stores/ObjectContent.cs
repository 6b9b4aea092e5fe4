namespace Seidra.Media;

/// <summary>An object opened for reading.</summary>
/// <param name="stored">The object that is being read, as its store describes it.</param>
/// <param name="metadata">What is kept beside the bytes.</param>
/// <param name="stream">The bytes. Read it until it gives nothing more: at its end it checks itself, and throws
/// <see cref="MediaObjectException"/> where the object changed meanwhile or bytes arrived damaged.</param>
public sealed class ObjectContent(StoredObject stored, ObjectMetadata metadata, Stream stream) : IAsyncDisposable
{
    /// <summary>The object that is being read; newer than a listing's where it was replaced since.</summary>
    public StoredObject Stored => stored;

    /// <summary>What is kept beside the bytes.</summary>
    public ObjectMetadata Metadata => metadata;

    /// <summary>The bytes; disposed with this.</summary>
    public Stream Stream => stream;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
