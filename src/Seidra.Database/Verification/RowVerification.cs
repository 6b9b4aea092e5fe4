using System.Data.Common;

namespace Seidra.Database;

/// <summary>
/// Compares every row on both sides: Classic is read again and mapped again, Ultimate is read back, and count and 128-bit sum
/// of the rows' hashes must agree, as must the quarantine. Nothing is changed on either side, and Classic may be written to
/// meanwhile: rows that changed since the last catch-up are left out and counted.
/// </summary>
public static class RowVerification
{
    /// <summary>Runs the comparison.</summary>
    /// <param name="source">Classic's database.</param>
    /// <param name="target">Ultimate's database.</param>
    /// <param name="plan">The plan of the migration.</param>
    /// <param name="options">The options of the migration.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>A check per table; its rows and checksum are those found in Ultimate now.</returns>
    /// <exception cref="DatabaseException">A side cannot be read, or nothing was moved yet.</exception>
    public static async Task<RowVerificationResult> RunAsync(
        DatabaseEndpoint source, DatabaseEndpoint target, MigrationPlan plan, MigrationOptions options, CancellationToken cancel = default)
    {
        if (!(await DatabaseCatalog.ReadAsync(target, cancel)).ContainsKey(LedgerSchema.Chunks))
            throw new DatabaseException($"Expected rows moved from Classic in {target.Display}, found no ledger of a migration. Run: ./build.sh --target=MigrateDatabase");
        await using var feed = await ChangeFeed.FindAsync(source, target, plan, cancel);
        return (await RunAsync(feed, source, target, plan, options, cancel)).Result;
    }

    /// <summary>The same beside an open capture.</summary>
    internal static async Task<RowComparison> RunAsync(
        IChangeCapture? feed, DatabaseEndpoint source, DatabaseEndpoint target, MigrationPlan plan, MigrationOptions options, CancellationToken cancel)
    {
        try
        {
            await using var moment = await ClassicMoment.TakeAsync(feed, source, cancel);
            await using var ledger = await BulkCopy.OpenAsync(target, cancel);
            var comparison = new RowComparison(moment, ledger, target, plan, options);
            await comparison.RunAsync(cancel);
            return comparison;
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(error is Npgsql.NpgsqlException == (target.Kind == DatabaseKind.PostgreSql) ? target : source, error, "compare the rows of");
        }
    }
}
