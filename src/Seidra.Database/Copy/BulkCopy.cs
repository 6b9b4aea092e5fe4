using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>
/// Brings all rows of Classic into an empty Ultimate: chunks of key ranges in parallel streams, each chunk one transaction with its
/// row in the ledger. Killed anywhere, the next run goes on at the chunks that are missing. What Classic changes meanwhile
/// is the change capture's: it must be installed before the first run.
/// </summary>
internal static class BulkCopy
{
    /// <summary>Copies what is not copied yet and makes the indexes that were taken away for it.</summary>
    /// <param name="source">Classic's database; only read.</param>
    /// <param name="target">Ultimate's database, with its tables.</param>
    /// <param name="plan">The plan made for this source.</param>
    /// <param name="options">Media paths, log, progress.</param>
    /// <param name="cancel">Ends the copy; the next run goes on.</param>
    /// <exception cref="DatabaseException">
    /// The target lacks tables, holds rows that are not Classic's or rows of another plan (nothing was changed), or an engine
    /// refused for longer than patience lasts (the next run goes on).
    /// </exception>
    public static Task<BulkResult> RunAsync(
        DatabaseEndpoint source, DatabaseEndpoint target, MigrationPlan plan, MigrationOptions options, CancellationToken cancel = default) =>
        RunAsync(new RowMaker(source, plan, options), source, target, plan, options, cancel);

    /// <summary>The same with rows made in another way.</summary>
    internal static async Task<BulkResult> RunAsync(
        IRowMaker rows, DatabaseEndpoint source, DatabaseEndpoint target, MigrationPlan plan, MigrationOptions options, CancellationToken cancel)
    {
        try
        {
            BulkResult? result = null;
            var patience = new Patience(options.Log);
            await patience.RunAsync("copy", async () =>
            {
                await using var run = await BulkRun.OpenAsync(rows, target, plan, options, cancel);
                result = await run.RunAsync(cancel);
            }, cancel);
            return result!;
        }
        catch (Exception error) when (error is DbException or IOException or TimeoutException or SourceFaultException or PatienceLostException or System.Net.Sockets.SocketException)
        {
            throw BulkErrors.Wrap(source, target, error);
        }
    }

    /// <summary>Whether chunks of another plan are in the target; then only <see cref="ResetAsync"/> leads on.</summary>
    public static async Task<bool> IsOfAnotherPlanAsync(DatabaseEndpoint target, MigrationPlan plan, CancellationToken cancel = default)
    {
        await using var connection = await OpenAsync(target, cancel);
        await connection.PrepareLedgerAsync(target.Kind, cancel);
        return await LedgerState.GetAsync(connection, LedgerState.Plan, cancel) is { } noted && noted != plan.Fingerprint;
    }

    /// <summary>Empties the tables of the plan but for Ultimate's own rows, and the ledger but for the numbers that were given: the next run starts afresh.</summary>
    /// <exception cref="DatabaseException">The target refuses.</exception>
    public static async Task ResetAsync(DatabaseEndpoint target, MigrationPlan plan, MigrationOptions options, CancellationToken cancel = default)
    {
        try
        {
            await using var connection = await OpenAsync(target, cancel);
            await connection.PrepareLedgerAsync(target.Kind, cancel);
            await new Patience(options.Log).RunAsync("reset", () => BulkReset.RunAsync(connection, plan, cancel), cancel, connection);
            await FinishIndexesAsync(target, options, cancel);
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(target, error, "empty the tables of");
        }
    }

    /// <summary>Makes indexes that a run which never came back had taken away; nothing to do where there are none.</summary>
    public static async Task FinishIndexesAsync(DatabaseEndpoint target, MigrationOptions options, CancellationToken cancel = default)
    {
        if (target.Kind != DatabaseKind.PostgreSql)
            return;
        await using var connection = await target.OpenPostgresAsync(cancel);
        await connection.PrepareLedgerAsync(target.Kind, cancel);
        await using var builder = new IndexBuilder(target, await IndexStep.PendingAsync(connection, cancel), [], options.Bulk.Indexes, options.Log, cancel);
        await builder.FinishAsync();
    }

    /// <summary>A connection to the target for the ledger.</summary>
    public static async Task<DbConnection> OpenAsync(DatabaseEndpoint target, CancellationToken cancel)
    {
        if (target.Kind == DatabaseKind.Sqlite)
            return await target.OpenSqliteAsync(SqliteOpenMode.ReadWrite, cancel);
        var connection = await target.OpenPostgresAsync(cancel);
        await connection.RunAsync("SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET client_min_messages = warning; SET statement_timeout = 0", cancel);
        return connection;
    }
}
