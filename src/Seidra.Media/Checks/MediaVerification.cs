namespace Seidra.Media;

/// <summary>Proves again that a target holds what its manifest lists.</summary>
public static class MediaVerification
{
    /// <summary>How many problems are named; the rest is only counted.</summary>
    public const int NamedAtMost = 1000;

    /// <summary>Checks every object of the manifest.</summary>
    public static Task<MediaVerificationResult> RunAsync(
        IObjectStore store, string manifestPath, bool full, CancellationToken ct = default) =>
        Task.FromException<MediaVerificationResult>(new MediaException("Media verification is not built yet."));
}
