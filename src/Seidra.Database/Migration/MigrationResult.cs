namespace Seidra.Database;

/// <summary>What one pass moved.</summary>
/// <param name="Moves">Each table, parents first.</param>
/// <param name="QuarantinedByReason">All rows in quarantine, earlier passes included, by reason.</param>
/// <param name="NotesByReason">All altered values recorded per row, earlier passes included, by reason.</param>
public sealed record MigrationResult(
    IReadOnlyList<TableMove> Moves,
    IReadOnlyDictionary<string, long> QuarantinedByReason,
    IReadOnlyDictionary<string, long> NotesByReason)
{
    /// <summary>The checks alone.</summary>
    public IReadOnlyList<TableCheck> Tables => [.. Moves.Select(move => move.Check)];

    /// <summary>Rows inserted, updated or deleted by this pass.</summary>
    public long Changed => Moves.Sum(move => move.Inserted + move.Updated + move.Deleted);
}

/// <summary>What one pass did to one table.</summary>
/// <param name="Check">
/// Ultimate's table by name; rows read, placed and quarantined; whether the rows read back are the rows that were sent.
/// </param>
/// <param name="Inserted">Rows that were new.</param>
/// <param name="Updated">Rows that had changed.</param>
/// <param name="Deleted">Rows that were gone, or went to quarantine.</param>
public sealed record TableMove(TableCheck Check, long Inserted, long Updated, long Deleted);
