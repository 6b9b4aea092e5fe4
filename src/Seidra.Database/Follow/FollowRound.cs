namespace Seidra.Database;

/// <summary>What one round brought over.</summary>
/// <param name="Changes">Row changes that the capture told; one row changed twice counts twice.</param>
/// <param name="Keys">Rows that were looked at, those that depend on changed ones included.</param>
/// <param name="Tables">What was done, parents first; tables without work are left out.</param>
/// <param name="Since">When the oldest of the changes was made; null where there was none.</param>
/// <param name="Lag">How old it was when all were in the target; zero where there was none.</param>
/// <param name="Position">How far the target is, in the words of the capture.</param>
public sealed record FollowRound(long Changes, long Keys, IReadOnlyList<FollowTableResult> Tables, DateTimeOffset? Since, TimeSpan Lag, string Position)
{
    /// <summary>Rows read back and found as they were sent, or gone as they should be.</summary>
    public long VerifiedRows => Tables.Sum(table => table.Verified);
}

/// <summary>What one round did to one table.</summary>
/// <param name="Table">Ultimate's name.</param>
/// <param name="Upserted">Rows inserted or replaced.</param>
/// <param name="Removed">Rows that left Ultimate: gone from Classic, now in quarantine, or under another key.</param>
/// <param name="Aside">Rows that went into quarantine or stayed there.</param>
/// <param name="Verified">Rows read back in the same transaction.</param>
public sealed record FollowTableResult(string Table, long Upserted, long Removed, long Aside, long Verified);
