namespace Seidra.Media;

/// <summary>One object that a worker has to look at.</summary>
/// <param name="Place">Its place in the manifest.</param>
/// <param name="Source">The object as the source lists it.</param>
/// <param name="TargetKey">Where it belongs at the target.</param>
/// <param name="Known">What the manifest knows of it, or null.</param>
/// <param name="Unchanged">The source still has what the manifest knows; only the target is to be looked at.</param>
internal sealed record SyncItem(long Place, StoredObject Source, string TargetKey, ManifestEntry? Known, bool Unchanged);
