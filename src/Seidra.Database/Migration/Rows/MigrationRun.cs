namespace Seidra.Database;

/// <summary>What the tables of one pass share: who became whom.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Options">Media paths, log, progress.</param>
internal sealed record MigrationRun(MigrationPlan Plan, MigrationOptions Options)
{
    /// <summary>The keys of the tables passed so far, by Ultimate's table name.</summary>
    public Dictionary<string, TableIdentity> Identities { get; } = new(StringComparer.Ordinal);
}
