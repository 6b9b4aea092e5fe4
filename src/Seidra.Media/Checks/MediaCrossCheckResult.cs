namespace Seidra.Media;

/// <summary>What a comparison of rows and objects found. Zero of zero proves nothing; the caller decides.</summary>
/// <param name="Rows">Keys that rows named, each row counted.</param>
/// <param name="Objects">Objects seen.</param>
/// <param name="MissingCount">Distinct keys of rows without an object.</param>
/// <param name="Missing">The first of them, in order.</param>
/// <param name="OrphanedCount">Objects that no row names.</param>
/// <param name="Orphaned">The first of them, as listed.</param>
public sealed record MediaCrossCheckResult(
    long Rows, long Objects, long MissingCount, IReadOnlyList<string> Missing, long OrphanedCount, IReadOnlyList<string> Orphaned);
