namespace Seidra.Media;

/// <summary>A set of objects under keys: a bucket or a directory. Safe for concurrent use.</summary>
/// <remarks>All members throw <see cref="MediaException"/> where the store fails and <see cref="MediaObjectException"/>
/// where only one object does.</remarks>
public interface IObjectStore : IAsyncDisposable
{
    /// <summary>The store for people, without credentials.</summary>
    string Display { get; }

    /// <summary>Bytes that can still be written, or null where the store does not say.</summary>
    long? FreeBytes { get; }

    /// <summary>Lists the objects in the order of their keys' UTF-8 bytes, without loading them all.</summary>
    IAsyncEnumerable<StoredObject> ListAsync(string? prefix = null, CancellationToken ct = default);

    /// <summary>Describes one object, or null where there is none.</summary>
    Task<StoredObject?> HeadAsync(string key, CancellationToken ct = default);

    /// <summary>Opens an object for reading; the caller disposes it.</summary>
    Task<ObjectContent> OpenReadAsync(string key, CancellationToken ct = default);

    /// <summary>Writes an object as a whole or not at all, replacing one of the same key.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="content">The bytes, read once from where the stream stands.</param>
    /// <param name="length">How many bytes the stream yields; another number fails the call.</param>
    /// <param name="metadata">What is kept beside the bytes.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>The object as the store has it; <see cref="StoredObject.Proven"/> tells whether the store confirmed it.</returns>
    Task<StoredObject> PutAsync(string key, Stream content, long length, ObjectMetadata metadata, CancellationToken ct = default);

    /// <summary>Removes an object; no error where there is none.</summary>
    Task DeleteAsync(string key, CancellationToken ct = default);

    /// <summary>Creates the bucket or directory where it is missing, and checks that it answers.</summary>
    Task EnsureReadyAsync(CancellationToken ct = default);

    /// <summary>Returns once what was written survives a power cut.</summary>
    /// <param name="everything">Also what an earlier, killed process wrote; else only what this store object wrote.</param>
    /// <param name="ct">Cancels the call.</param>
    Task FlushAsync(bool everything = false, CancellationToken ct = default);
}
