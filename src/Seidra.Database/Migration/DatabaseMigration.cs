using System.Data.Common;

namespace Seidra.Database;

/// <summary>
/// Moves Classic's rows into Ultimate's tables while Classic serves: its changes are noted from before the first chunk, all rows
/// are copied in chunks, what changed meanwhile is applied by key, and every row is compared. Run again it goes on where it
/// stopped, or brings what changed since; killed anywhere, it costs the chunk that was open.
/// </summary>
public static class DatabaseMigration
{
    /// <summary>Brings Ultimate to what Classic holds now.</summary>
    /// <param name="source">Classic's database; the notes of its changes are installed there, nothing else is written.</param>
    /// <param name="target">Ultimate's database, with its tables.</param>
    /// <param name="plan">The plan made for this source.</param>
    /// <param name="options">Media paths, log, progress.</param>
    /// <param name="cancel">Ends the run at a chunk; the next one goes on.</param>
    /// <exception cref="DatabaseException">
    /// The target holds rows that are not Classic's (nothing was changed), lacks tables, or an engine refused.
    /// </exception>
    public static async Task<MigrationResult> RunAsync(
        DatabaseEndpoint source, DatabaseEndpoint target, MigrationPlan plan, MigrationOptions options, CancellationToken cancel = default)
    {
        try
        {
            var bulk = await MigrationStart.RunAsync(source, target, plan, options, cancel);
            var proven = bulk is not null && options.ReadBack ? await BulkProof.RunAsync(target, plan, bulk, options.Log, cancel) : null;
            await using var live = await LiveMigration.OpenAsync(source, target, plan, options, cancel);
            var followed = await live.CatchUpAsync(cancel);
            // What was copied is proven by its chunks; what was followed on top of it asks for another reading of all.
            var tables = !options.ReadBack ? await MigrationCounts.TablesAsync(target, plan, cancel)
                : proven is not null && followed.Rows == 0 ? proven
                : await live.MendAsync(cancel);
            return new MigrationResult(
                tables, bulk?.RowsNow ?? 0, followed,
                await MigrationCounts.ReasonsAsync(target, LedgerSchema.Quarantine, cancel), await MigrationCounts.ReasonsAsync(target, LedgerSchema.Notes, cancel));
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(error is Npgsql.NpgsqlException == (target.Kind == DatabaseKind.PostgreSql) ? target : source, error, "move rows into");
        }
    }
}
