namespace Seidra.Media.Tests.Support;

/// <summary>A real store at which something happens before an object is opened, and after.</summary>
internal sealed class HookedStore(IObjectStore inner, Action<string> beforeOpen, Action<string>? afterOpen = null) : IObjectStore
{
    public string Display => inner.Display;

    public long? FreeBytes => inner.FreeBytes;

    public IAsyncEnumerable<StoredObject> ListAsync(string? prefix = null, CancellationToken ct = default) => inner.ListAsync(prefix, ct);

    public Task<StoredObject?> HeadAsync(string key, CancellationToken ct = default) => inner.HeadAsync(key, ct);

    public async Task<ObjectContent> OpenReadAsync(string key, CancellationToken ct = default)
    {
        beforeOpen(key);
        var content = await inner.OpenReadAsync(key, ct);
        afterOpen?.Invoke(key);
        return content;
    }

    public Task<StoredObject> PutAsync(string key, Stream content, long length, ObjectMetadata metadata, CancellationToken ct = default) =>
        inner.PutAsync(key, content, length, metadata, ct);

    public Task DeleteAsync(string key, CancellationToken ct = default) => inner.DeleteAsync(key, ct);

    public Task EnsureReadyAsync(CancellationToken ct = default) => inner.EnsureReadyAsync(ct);

    public Task FlushAsync(bool everything = false, CancellationToken ct = default) => inner.FlushAsync(everything, ct);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
