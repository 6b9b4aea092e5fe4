namespace Seidra.Database;

/// <summary>What a restored scratch database holds.</summary>
/// <param name="Tables">Rows and checksum per table.</param>
/// <param name="Objects">Indexes, constraints and the like, counted by kind.</param>
internal sealed record RestoredDatabase(IReadOnlyList<BackupTable> Tables, IReadOnlyDictionary<string, long> Objects);
