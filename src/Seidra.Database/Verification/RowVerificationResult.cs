namespace Seidra.Database;

/// <summary>What a comparison of all rows on both sides found.</summary>
/// <param name="Tables">Each table of Ultimate, parents first; rows that wait are counted on neither side.</param>
/// <param name="Differences">The first differences, drilled down to key and column; empty where all is equal.</param>
/// <param name="Waiting">Rows of Classic that changed since the last catch-up and were not compared.</param>
public sealed record RowVerificationResult(IReadOnlyList<TableCheck> Tables, IReadOnlyList<RowDifference> Differences, long Waiting);
