namespace Seidra.Media;

/// <summary>Walks a target's listing beside the source's: keys asked for must rise.</summary>
internal sealed class TargetListing(IAsyncEnumerator<StoredObject> objects) : IAsyncDisposable
{
    private bool started;
    private bool ended;

    /// <summary>The target's object of that key, or null where it has none.</summary>
    public async ValueTask<StoredObject?> FindAsync(string key)
    {
        while (!ended)
        {
            if (started)
            {
                var order = KeyOrder.Instance.Compare(objects.Current.Key, key);
                if (order >= 0)
                {
                    return order == 0 ? objects.Current : null;
                }
            }

            ended = !await objects.MoveNextAsync();
            started = true;
        }

        return null;
    }

    public ValueTask DisposeAsync() => objects.DisposeAsync();
}
