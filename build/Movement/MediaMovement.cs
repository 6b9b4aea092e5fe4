using Seidra.Cutover.Contexts;
using Seidra.Cutover.Steps;
using Seidra.Media;

namespace Seidra.Cutover.Movement;

/// <summary>Moves media from Classic's store to the backup place and to Ultimate's bucket, directory, or both.</summary>
public sealed class MediaMovement(
    MediaEndpoint classic, MediaEndpoint? bucket, string? directory, MediaPaths paths, StatePaths state, IRunConsole screen)
{
    /// <summary>Where Ultimate holds media, as a person reads it.</summary>
    public IReadOnlyList<string> Targets => [.. Places().Select(place => place.Endpoint.ToString())];

    /// <summary>Classic's store, as a person reads it.</summary>
    public string Source => classic.ToString();

    /// <summary>Copies every object of Classic to the backup place.</summary>
    public Task<MediaSyncResult> ExportAsync(string backupDirectory, CancellationToken cancellation) =>
        SyncAsync(new Place("export", Local(backupDirectory), null), cancellation);

    /// <summary>Whether the exported copy is still whole, by size of every object in its manifest.</summary>
    public async Task<bool> ExportHoldsAsync(string backupDirectory, CancellationToken cancellation)
    {
        if (!File.Exists(state.MediaManifest("export")) || !Directory.Exists(backupDirectory))
        {
            return false;
        }

        await using var store = ObjectStores.Open(Local(backupDirectory));
        return (await MediaVerification.RunAsync(store, state.MediaManifest("export"), full: false, cancellation)) is { DifferentCount: 0, Verified: > 0 };
    }

    /// <summary>How many objects Classic's store holds.</summary>
    public async Task<long> CountAsync(CancellationToken cancellation)
    {
        await using var store = ObjectStores.Open(classic);
        var objects = 0L;
        await foreach (var _ in store.ListAsync(null, cancellation))
        {
            objects++;
        }

        return objects;
    }

    /// <summary>One pass to each of Ultimate's places: new and changed objects are copied and proven, the rest is left alone.</summary>
    public async Task<MediaTotals> PassAsync(CancellationToken cancellation)
    {
        var results = new List<MediaSyncResult>();
        foreach (var place in Places())
        {
            results.Add(await SyncAsync(place, cancellation));
        }

        paths.Flush();
        return MediaTotals.Of(results);
    }

    /// <summary>Compares rows with objects both ways: in Ultimate's first place, and with what Classic itself lacked.</summary>
    public async Task<MediaCrossCheckResult> CrossCheckAsync(IAsyncEnumerable<string> rowPaths, CancellationToken cancellation)
    {
        await using var store = ObjectStores.Open(Places()[^1].Endpoint);
        return await MediaCrossCheck.RunAsync(Keys(rowPaths, cancellation), store.ListAsync(null, cancellation), cancellation);
    }

    /// <summary>The names of rows whose object Classic itself does not hold: the migration did not lose those.</summary>
    public async Task<IReadOnlyList<string>> HeldByClassicAsync(IEnumerable<string> missing, CancellationToken cancellation)
    {
        await using var store = ObjectStores.Open(classic);
        var wanted = missing.ToHashSet();
        var held = new List<string>();
        await foreach (var stored in store.ListAsync(null, cancellation))
        {
            if (wanted.Contains(directory is null ? stored.Key : paths.NameFor(stored.Key)))
            {
                held.Add(stored.Key);
            }
        }

        return held;
    }

    private async IAsyncEnumerable<string> Keys(
        IAsyncEnumerable<string> rowPaths, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var path in rowPaths.WithCancellation(cancellation))
        {
            yield return directory is null ? path : Path.GetRelativePath(directory, path);
        }
    }

    private async Task<MediaSyncResult> SyncAsync(Place place, CancellationToken cancellation)
    {
        await using var from = ObjectStores.Open(classic);
        await using var to = ObjectStores.Open(place.Endpoint);
        return await MediaSync.RunAsync(
            from,
            to,
            new MediaSyncOptions
            {
                MapKey = place.MapKey,
                ManifestPath = state.MediaManifest(place.Manifest),
                Log = screen.Line,
                Progress = (done, total) => screen.Progress("objects", done, total),
            },
            cancellation);
    }

    private List<Place> Places() =>
    [
        .. bucket is null ? [] : new[] { new Place("bucket", bucket, null) },
        .. directory is null ? [] : new[] { new Place("directory", Local(directory), paths.NameFor) },
    ];

    private static MediaEndpoint Local(string directory) => new(new Uri(directory).AbsoluteUri, null, null, null, null);

    private sealed record Place(string Manifest, MediaEndpoint Endpoint, Func<string, string>? MapKey);
}
