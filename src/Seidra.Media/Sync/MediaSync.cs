namespace Seidra.Media;

/// <summary>Brings a target to what a source holds.</summary>
public static class MediaSync
{
    /// <summary>Copies what is new or changed, checks it on the far side and writes the manifest.</summary>
    public static Task<MediaSyncResult> RunAsync(
        IObjectStore source, IObjectStore target, MediaSyncOptions options, CancellationToken ct = default) =>
        Task.FromException<MediaSyncResult>(new MediaException("Media sync is not built yet."));
}
