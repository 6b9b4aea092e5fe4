using System.Data.Common;
using Npgsql;

namespace Seidra.Database;

/// <summary>
/// Lets a database note its own changes while somebody else writes to it. What is installed stands in the database itself,
/// with the epoch of the bulk copy that it belongs to.
/// </summary>
internal static class ChangeCapture
{
    /// <summary>Why logical replication is not possible here, each with what to set; empty where it is.</summary>
    public static Task<IReadOnlyList<string>> ObstaclesAsync(DatabaseEndpoint endpoint, IReadOnlyList<CapturedTable> tables, CancellationToken cancel = default) =>
        GuardAsync<IReadOnlyList<string>>(endpoint, "look at the replication of", async () =>
        {
            if (endpoint.Kind == DatabaseKind.Sqlite)
                return ["SQLite has no replication: triggers note its changes"];
            await using var connection = await endpoint.OpenPostgresAsync(cancel);
            return await LogicalObstacles.FindAsync(connection, endpoint, tables, cancel);
        });

    /// <summary>Installs the capture, in place of one of another epoch; what is whole already stays.</summary>
    /// <returns>How changes are noted.</returns>
    /// <exception cref="DatabaseException">It cannot be installed, or the capture of this very epoch is broken: take a new epoch.</exception>
    public static Task<CaptureKind> InstallAsync(
        DatabaseEndpoint endpoint, IReadOnlyList<CapturedTable> tables, string epoch, CaptureOptions options, Action<string>? log, CancellationToken cancel = default) =>
        GuardAsync(endpoint, "install the change capture of", async () =>
        {
            if (endpoint.Kind == DatabaseKind.PostgreSql)
                return await InstallPostgresAsync(endpoint, tables, epoch, options, log, cancel);
            if (options.Prefer == CaptureKind.Logical)
                throw new DatabaseException($"Expected a PostgreSQL server for logical replication, found {endpoint.Display}. Take triggers, or leave the choice open.");
            await SqliteCaptureControl.InstallAsync(endpoint, tables, epoch, cancel);
            return CaptureKind.Triggers;
        });

    /// <summary>Whether the capture of this epoch has seen every change of these tables since it was installed.</summary>
    public static Task<bool> IsContinuousAsync(DatabaseEndpoint endpoint, IReadOnlyList<CapturedTable> tables, string epoch, CancellationToken cancel = default) =>
        GuardAsync(endpoint, "check the change capture of", async () =>
        {
            var (record, problems) = await CheckAsync(endpoint, cancel);
            return record?.Epoch == epoch && record.Covers(tables) && problems.Count == 0;
        });

    /// <summary>Starts following.</summary>
    /// <param name="endpoint">The followed database.</param>
    /// <param name="tables">Its captured tables.</param>
    /// <param name="epoch">The bulk copy.</param>
    /// <param name="confirmedPosition">Position of the last set that was applied; null where none was.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="DatabaseException">The capture is not whole, or another process follows.</exception>
    public static Task<IChangeCapture> OpenAsync(
        DatabaseEndpoint endpoint, IReadOnlyList<CapturedTable> tables, string epoch, string? confirmedPosition, CancellationToken cancel = default) =>
        GuardAsync<IChangeCapture>(endpoint, "follow the changes of", async () =>
        {
            var (record, problems) = await CheckAsync(endpoint, cancel);
            if (record?.Epoch != epoch)
                throw Lost(endpoint, [record is null ? "no capture is installed" : $"the capture belongs to another bulk copy ({record.Epoch} instead of {epoch})"]);
            RequireWhole(endpoint, record, tables, problems);
            if (endpoint.Kind == DatabaseKind.Sqlite)
                return await SqliteCapture.OpenAsync(endpoint, record, confirmedPosition, cancel);
            var moments = await PostgresMoments.CreateAsync(endpoint, record, cancel);
            try
            {
                return record.Kind == CaptureKind.Logical
                    ? await LogicalCapture.OpenAsync(endpoint, record, moments, confirmedPosition, cancel)
                    : new PostgresTriggerCapture(endpoint, record, moments);
            }
            catch
            {
                await moments.DisposeAsync();
                throw;
            }
        });

    /// <summary>Removes everything that a capture left, whole or not, also what another process of this program still reads.</summary>
    public static Task RemoveAsync(DatabaseEndpoint endpoint, CancellationToken cancel = default) =>
        GuardAsync(endpoint, "remove the change capture of", async () =>
        {
            if (endpoint.Kind == DatabaseKind.Sqlite)
            {
                await SqliteCaptureControl.RemoveAsync(endpoint, cancel);
                return true;
            }

            await using var connection = await endpoint.OpenPostgresAsync(cancel);
            await RemoveAsync(connection, endpoint, cancel);
            return true;
        });

    /// <summary>What is installed and how it does.</summary>
    public static Task<CaptureState> StateAsync(DatabaseEndpoint endpoint, CancellationToken cancel = default) =>
        GuardAsync(endpoint, "read the change capture of", async () =>
        {
            if (endpoint.Kind == DatabaseKind.Sqlite)
                return await SqliteCaptureControl.StateAsync(endpoint, cancel);
            await using var connection = await endpoint.OpenPostgresAsync(cancel);
            return await StateAsync(connection, cancel);
        });

    /// <summary>The error that ends following for good.</summary>
    internal static DatabaseException Lost(DatabaseEndpoint endpoint, IReadOnlyList<string> problems, Exception? inner = null) =>
        new($"Expected the change capture of {endpoint.Display} to be as it was installed, found: {string.Join("; ", problems)}. Changes may have passed unseen. {CaptureNames.Again}.", inner);

    /// <summary>Refuses a capture that is not what was asked for.</summary>
    internal static void RequireWhole(DatabaseEndpoint endpoint, CaptureRecord record, IReadOnlyList<CapturedTable> tables, IReadOnlyList<string> problems)
    {
        if (!record.Covers(tables))
            problems = [.. problems, $"it was installed for other tables ({string.Join(", ", record.Tables.Select(table => table.Name))})"];
        if (problems.Count > 0)
            throw Lost(endpoint, problems);
    }

    /// <summary>Refuses a capture that changed while it was followed.</summary>
    internal static void RequireSame(DatabaseEndpoint endpoint, CaptureRecord record, CaptureRecord? now, IReadOnlyList<string> problems)
    {
        if (now?.Epoch != record.Epoch)
            problems = [now is null ? "it was removed" : $"it was replaced by that of another bulk copy ({now.Epoch})"];
        if (problems.Count > 0)
            throw Lost(endpoint, problems);
    }

    private static async Task<CaptureKind> InstallPostgresAsync(
        DatabaseEndpoint endpoint, IReadOnlyList<CapturedTable> captured, string epoch, CaptureOptions options, Action<string>? log, CancellationToken cancel)
    {
        await using var connection = await endpoint.OpenPostgresAsync(cancel);
        if (await PostgresCaptureRecord.ReadAsync(connection, cancel) is { } found && found.Epoch == epoch)
        {
            RequireWhole(endpoint, found, captured, await PostgresCaptureRecord.ProblemsAsync(connection, found, cancel));
            return found.Kind;
        }

        var obstacles = options.Prefer == CaptureKind.Triggers ? [] : await LogicalObstacles.FindAsync(connection, endpoint, captured, cancel);
        if (options.Prefer == CaptureKind.Logical && obstacles.Count > 0)
            throw new DatabaseException($"Expected {endpoint.Display} to be ready for logical replication, found: {string.Join("; ", obstacles)}. Set what is named, or take triggers.");
        foreach (var obstacle in obstacles)
            log?.Invoke($"No logical replication: {obstacle}");
        await RemoveAsync(connection, endpoint, cancel);
        var tables = await PostgresTable.RequireAsync(endpoint, connection, captured, cancel);
        if (options.Prefer == CaptureKind.Triggers || obstacles.Count > 0)
        {
            await PostgresTriggerControl.InstallAsync(connection, endpoint, captured, tables, epoch, cancel);
            log?.Invoke($"Triggers note the changes of {tables.Count} tables");
            return CaptureKind.Triggers;
        }

        await LogicalControl.InstallAsync(connection, endpoint, captured, tables, epoch, cancel);
        log?.Invoke($"Replication slot {CaptureNames.SlotOf(endpoint.Database, epoch)} notes the changes of {tables.Count} tables");
        return CaptureKind.Logical;
    }

    private static async Task RemoveAsync(NpgsqlConnection connection, DatabaseEndpoint endpoint, CancellationToken cancel)
    {
        await LogicalControl.RemoveAsync(connection, endpoint, cancel);
        await PostgresTriggerControl.RemoveAsync(connection, endpoint, cancel);
    }

    private static async Task<CaptureState> StateAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        if (await PostgresCaptureRecord.ReadAsync(connection, cancel) is not { } record)
        {
            var left = await LogicalControl.SlotsAsync(connection, cancel);
            return new CaptureState(null, null, 0, false, [.. left.Select(slot => $"replication slot {slot} belongs to no capture and keeps WAL on the server's disk. Run there: SELECT pg_drop_replication_slot('{slot}');")]);
        }

        var problems = await PostgresCaptureRecord.ProblemsAsync(connection, record, cancel);
        long waiting = 0;
        IReadOnlyList<string> warnings = [];
        if (record.Kind == CaptureKind.Logical)
        {
            (waiting, warnings) = await LogicalControl.WeighAsync(connection, record.Slot!, cancel);
        }
        else if (await PostgresCaptureRecord.ExistsAsync(connection, CaptureNames.Log, cancel))
        {
            await using var command = new NpgsqlCommand($"SELECT count(*) FROM {CaptureNames.Log}", connection);
            waiting = (long)(await command.ExecuteScalarAsync(cancel))!;
        }

        return new CaptureState(record.Kind, record.Epoch, waiting, problems.Count > 0, [.. problems, .. warnings]);
    }

    private static async Task<(CaptureRecord? Record, IReadOnlyList<string> Problems)> CheckAsync(DatabaseEndpoint endpoint, CancellationToken cancel)
    {
        if (endpoint.Kind == DatabaseKind.Sqlite)
            return await SqliteCaptureControl.CheckAsync(endpoint, cancel);
        await using var connection = await endpoint.OpenPostgresAsync(cancel);
        var record = await PostgresCaptureRecord.ReadAsync(connection, cancel);
        return (record, record is null ? [] : await PostgresCaptureRecord.ProblemsAsync(connection, record, cancel));
    }

    private static async Task<T> GuardAsync<T>(DatabaseEndpoint endpoint, string doing, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(endpoint, error, doing);
        }
    }
}
