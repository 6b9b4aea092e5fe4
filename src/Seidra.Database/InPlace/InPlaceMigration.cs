using System.Data.Common;

namespace Seidra.Database;

/// <summary>
/// Guide line 2.3 on Classic's own tables: adds the columns of enriched personas, NSFW permission, job history and favourites
/// where they are missing. One transaction, no row is rewritten, clients wait no longer than one lock time-out; run again, it
/// finds its work done.
/// </summary>
public static class InPlaceMigration
{
    /// <summary>Says what <see cref="ApplyAsync(DatabaseEndpoint, InPlaceOptions, CancellationToken)"/> would do. Changes nothing.</summary>
    /// <param name="classic">The database, or a restored copy of it.</param>
    /// <param name="map">Names that Classic's tables may have; null for the built-in ones.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="DatabaseException">A table is missing or a column has another type; all of them named.</exception>
    public static async Task<InPlacePlan> PlanAsync(DatabaseEndpoint classic, SchemaMap? map = null, CancellationToken cancel = default) =>
        InPlacePlanner.Plan(classic, await DatabaseCatalog.ReadAsync(classic, cancel), map ?? SchemaMap.Default);

    /// <summary>Adds the missing columns, all or none.</summary>
    /// <param name="classic">The database, or a restored copy of it; on PostgreSQL the role must own the tables.</param>
    /// <param name="options">How long to wait.</param>
    /// <param name="cancel">Gives up; nothing is left behind.</param>
    /// <exception cref="DatabaseException">
    /// What <see cref="PlanAsync"/> says, a missing right, or a transaction that held the tables all the time (named). Nothing
    /// was changed.
    /// </exception>
    public static Task<InPlaceResult> ApplyAsync(DatabaseEndpoint classic, InPlaceOptions options, CancellationToken cancel = default) =>
        ApplyAsync(classic, options, beforeCommit: null, cancel);

    /// <summary>The same, told when everything is done but not yet committed.</summary>
    internal static async Task<InPlaceResult> ApplyAsync(DatabaseEndpoint classic, InPlaceOptions options, Action? beforeCommit, CancellationToken cancel)
    {
        try
        {
            return classic.Kind == DatabaseKind.PostgreSql
                ? await PostgresInPlace.ApplyAsync(classic, options, beforeCommit, cancel)
                : await SqliteInPlace.ApplyAsync(classic, options, beforeCommit, cancel);
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(classic, error, "migrate in place");
        }
    }

    /// <summary>Compares what the catalog says after the commit with what was to be done.</summary>
    internal static InPlaceResult Evidence(DatabaseEndpoint classic, InPlacePlan before, InPlacePlan after, int tries, TimeSpan locked)
    {
        var added = before.Missing.Select(column => after.AlreadyThere.FirstOrDefault(there => (there.Table, there.Name) == (column.Table, column.Name))).OfType<InPlaceColumn>().ToList();
        return after.Missing.Count == 0 && added.Count == before.Missing.Count
            ? new InPlaceResult(added, before.AlreadyThere, tries, locked)
            : throw new DatabaseException($"Expected all columns in the catalog of {classic.Display} after the migration, found these missing: {string.Join(", ", after.Missing)}. Somebody else changes its tables; run the same command again.");
    }
}
