namespace Seidra.Database;

/// <summary>What a run of the migration did and found.</summary>
/// <param name="Tables">Each table, parents first: rows of Classic, rows in Ultimate, rows in quarantine, whether all are equal.</param>
/// <param name="Copied">Rows of Classic that the bulk copy of this run read.</param>
/// <param name="Followed">What changed in Classic meanwhile or since, and was applied.</param>
/// <param name="QuarantinedByReason">All rows in quarantine, earlier runs included, by reason.</param>
/// <param name="NotesByReason">All altered values recorded per row, earlier runs included, by reason.</param>
public sealed record MigrationResult(
    IReadOnlyList<TableCheck> Tables,
    long Copied,
    FollowResult Followed,
    IReadOnlyDictionary<string, long> QuarantinedByReason,
    IReadOnlyDictionary<string, long> NotesByReason)
{
    /// <summary>Rows of Classic copied, and rows of Ultimate changed after that.</summary>
    public long Changed => Copied + Followed.Rows;
}
