using System.Threading.Channels;

namespace Seidra.Media;

/// <summary>Brings a target to what a source holds.</summary>
public static class MediaSync
{
    /// <summary>Copies what is new or changed, proves it on the far side and writes the manifest. Killed at any moment, the
    /// next call goes on; with nothing changed, it copies nothing. An empty source is no error: the result then has 0
    /// objects.</summary>
    /// <exception cref="MediaException">A store fails, there is no room, or objects could not be copied: then all others
    /// are, and <see cref="MediaException.Problems"/> names those.</exception>
    public static Task<MediaSyncResult> RunAsync(
        IObjectStore source, IObjectStore target, MediaSyncOptions options, CancellationToken ct = default) =>
        RunAsync(source, target, options, RetryPolicy.Default, ct);

    internal static async Task<MediaSyncResult> RunAsync(
        IObjectStore source, IObjectStore target, MediaSyncOptions options, RetryPolicy retry, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Parallelism, 1);
        var files = new ManifestFiles(options.ManifestPath);
        try
        {
            // Off the caller's thread: file systems answer synchronously.
            return await Task.Run(() => RunAsync(source, target, options, retry, files, ct), ct);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MediaException($"The media manifest {options.ManifestPath} cannot be written: {error.Message} Free space or correct the rights there and run again.", error);
        }
    }

    private static async Task<MediaSyncResult> RunAsync(
        IObjectStore source, IObjectStore target, MediaSyncOptions options, RetryPolicy retry, ManifestFiles files, CancellationToken ct)
    {
        var resumed = files.Recover();
        if (resumed)
        {
            options.Log?.Invoke($"An earlier sync to {target.Display} was cut off; it goes on from its ledger.");
        }

        // A catch-up pass runs inside the write freeze and finds little to do: it spares the look ahead.
        var catchUp = File.Exists(files.Manifest) && !resumed;
        var total = catchUp ? 0 : await PlanAsync(source, target, options, files, ct);
        await target.EnsureReadyAsync(ct);

        var counters = new SyncCounters(options.Progress, total);
        List<ManifestEntry> gone;
        string sha256;
        using (var manifest = new OrderedManifest(files.Partial))
        {
            gone = await CopyAllAsync(source, target, options, retry, files, manifest, counters, ct);
            sha256 = manifest.Finish();
        }

        if (counters.Problems.Count > 0)
        {
            throw counters.Failure();
        }

        if (options.DeleteGone && gone.Count > 0)
        {
            await GoneObjects.DeleteAsync(source, target, gone, counters.Objects, options, ct);
            sha256 = files.Without(gone.Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal));
        }

        // First the objects, then the file that vouches for them.
        await target.FlushAsync(everything: resumed, ct);
        await files.PublishAsync(sha256, ct);
        counters.ReportEnd();
        return counters.ToResult([.. gone.Select(entry => entry.Key)], sha256);
    }

    private static async Task<long> PlanAsync(
        IObjectStore source, IObjectStore target, MediaSyncOptions options, ManifestFiles files, CancellationToken ct)
    {
        var free = options.FreeBytes is null ? target.FreeBytes : options.FreeBytes();
        if (free is null && options.Progress is null)
        {
            return 0;
        }

        var plan = await SyncPlan.MakeAsync(source, files.OpenKnown(), ct);
        plan.Require(free ?? long.MaxValue, target);
        return plan.Objects;
    }

    private static async Task<List<ManifestEntry>> CopyAllAsync(
        IObjectStore source, IObjectStore target, MediaSyncOptions options, RetryPolicy retry, ManifestFiles files,
        OrderedManifest manifest, SyncCounters counters, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var work = Channel.CreateBounded<SyncItem>(new BoundedChannelOptions(options.Parallelism * 4) { SingleWriter = true });
        var diff = new SyncDiff(source, target, options, manifest, counters);
        var copier = new ObjectCopier(source, target, options.MapKey is null, retry);

        async Task GuardAsync(Func<Task> part)
        {
            try
            {
                await part();
            }
            catch
            {
                await stop.CancelAsync();
                throw;
            }
        }

        var tasks = new List<Task>
        {
            Task.Run(() => GuardAsync(async () =>
            {
                await diff.RunAsync(files.OpenKnown(), work.Writer, stop.Token);
                work.Writer.Complete();
            }), CancellationToken.None),
        };
        for (var i = 0; i < options.Parallelism; i++)
        {
            var worker = new SyncWorker(target, copier, manifest, counters);
            tasks.Add(Task.Run(() => GuardAsync(() => worker.RunAsync(work.Reader, stop.Token)), CancellationToken.None));
        }

        await FirstCause.OfAsync(tasks, ct);
        return diff.Gone;
    }
}
