namespace Seidra.Sandbox.Data;

/// <summary>What a generated Classic database holds; a migration of it can be judged by these figures.</summary>
/// <param name="Shape">Its shape.</param>
/// <param name="Tables">Rows by table, the Alembic table not counted.</param>
/// <param name="Oddities">Rows by kind of oddity, such as <c>jobs.prompt.nul</c>; the kinds are the headings of oddities.sql.</param>
/// <param name="MediaRows">Media rows that name a file at all.</param>
/// <param name="MissingObjects">Media rows whose file is none of the objects.</param>
/// <param name="OrphanObjects">Objects that no row names, neither as its file nor as its thumbnail.</param>
/// <param name="OldCompletedJobs">Jobs completed more than 30 days before the data's date: Ultimate's nightly job deletes them (D2).</param>
public sealed record ClassicInventory(
    ClassicShape Shape,
    IReadOnlyDictionary<string, long> Tables,
    IReadOnlyDictionary<string, long> Oddities,
    long MediaRows,
    long MissingObjects,
    long OrphanObjects,
    long OldCompletedJobs)
{
    /// <summary>Rows of all tables.</summary>
    public long Rows => Tables.Values.Sum();
}
