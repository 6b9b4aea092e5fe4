namespace Seidra.Media;

/// <summary>Brings entries that workers finish in any order into the order in which they were begun. Thread-safe, with
/// bounded memory: beginning waits while too many are unfinished.</summary>
internal sealed class OrderedManifest(string path) : IDisposable
{
    /// <summary>How many entries may wait for an earlier one; also the most work that a kill can cost.</summary>
    private const int Window = 1024;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim room = new(Window);
    private readonly Slot[] slots = new Slot[Window];
    private readonly ManifestFile file = new(path);
    private long begun;
    private long written;

    /// <summary>Takes the next place in the file; for one caller at a time, in the order of the keys.</summary>
    public async ValueTask<long> BeginAsync(CancellationToken ct)
    {
        await room.WaitAsync(ct);
        return begun++;
    }

    /// <summary>Fills a place, or leaves it out where <paramref name="entry"/> is null.</summary>
    public void Complete(long place, ManifestEntry? entry)
    {
        lock (gate)
        {
            slots[place % Window] = new Slot(true, entry);
            while (slots[written % Window].Done)
            {
                Take();
            }
        }
    }

    /// <summary>Writes the rest and gives SHA-256 of the file.</summary>
    public string Finish()
    {
        lock (gate)
        {
            return file.Finish();
        }
    }

    /// <summary>Keeps what is done, also behind places that never will be: the order still holds.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            while (written < begun)
            {
                Take();
            }

            file.Finish();
            file.Dispose();
        }

        room.Dispose();
    }

    private void Take()
    {
        if (slots[written % Window].Entry is { } entry)
        {
            file.Write(entry);
        }

        slots[written++ % Window] = default;
        room.Release();
    }

    private readonly record struct Slot(bool Done, ManifestEntry? Entry);
}
