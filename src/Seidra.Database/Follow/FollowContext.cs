namespace Seidra.Database;

/// <summary>What all rounds share.</summary>
/// <param name="Source">Classic's database.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Options">Media paths, log.</param>
/// <param name="Tables">The plan's tables.</param>
/// <param name="Session">The connection to the target.</param>
/// <param name="BatchRows">Rows that are looked at together.</param>
internal sealed record FollowContext(DatabaseEndpoint Source, MigrationPlan Plan, MigrationOptions Options, FollowTables Tables, FollowSession Session, int BatchRows)
{
    public FollowLedger Ledger { get; } = new(Session);
}
