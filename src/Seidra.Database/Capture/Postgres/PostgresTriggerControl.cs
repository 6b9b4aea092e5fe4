using System.Diagnostics;
using Npgsql;

namespace Seidra.Database;

/// <summary>Installs and removes the triggers of a capture on PostgreSQL, never making Classic's clients queue behind it.</summary>
internal static class PostgresTriggerControl
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    // What it takes to remove a trigger is an exclusive lock; each try is shorter than deadlock_timeout.
    private const string Limits = "SET LOCAL lock_timeout = 200; SET LOCAL client_min_messages = warning";

    private const string Left = """
        SELECT c.oid::regclass::text, array_agg(DISTINCT quote_ident(t.tgname))
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE t.tgname LIKE 'seidra\_cutover\_note\_%' AND NOT t.tgisinternal AND c.relkind IN ('r', 'p') AND NOT c.relispartition GROUP BY c.oid
        """;

    private const string Functions = "SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.proname LIKE 'seidra\\_cutover\\_note\\_%' AND p.pronargs = 0";

    public static async Task InstallAsync(NpgsqlConnection connection, DatabaseEndpoint endpoint, IReadOnlyList<CapturedTable> captured, IReadOnlyList<PostgresTable> tables, string epoch, CancellationToken cancel)
    {
        await using var observer = await endpoint.OpenPostgresAsync(cancel);
        await ExecuteAsync(connection, $"SET client_min_messages = warning; {PostgresCaptureSql.LogTable}; {PostgresCaptureSql.RecordTable}", cancel);
        await using var current = new NpgsqlCommand("SELECT current_schema()", connection);
        var schema = (string)(await current.ExecuteScalarAsync(cancel))!;
        for (var number = 1; number <= tables.Count; number++)
        {
            // One table at a time: nobody who holds another table can be in the way, or we in theirs.
            var table = tables[number - 1];
            await using var transaction = await PostgresLock.TakeAsync(connection, observer, [table.Qualified], _patience, cancel);
            await ExecuteAsync(connection, PostgresCaptureSql.Attach(table, captured[number - 1].Key, number, schema), cancel);
            await transaction.CommitAsync(cancel);
        }

        var recorded = tables.Zip(captured, (table, one) => new RecordedTable(table.Name, one.Key, table.Columns));
        await PostgresCaptureRecord.WriteAsync(connection, new CaptureRecord(epoch, CaptureKind.Triggers, [.. recorded]), cancel);
    }

    public static async Task RemoveAsync(NpgsqlConnection connection, DatabaseEndpoint endpoint, CancellationToken cancel)
    {
        foreach (var (table, triggers) in await PairsAsync(connection, Left, cancel))
            await RetryAsync(connection, endpoint, string.Join("; ", triggers.Select(trigger => $"DROP TRIGGER IF EXISTS {trigger} ON {table}")), cancel);
        foreach (var (function, _) in await PairsAsync(connection, Functions, cancel))
            await RetryAsync(connection, endpoint, $"DROP FUNCTION IF EXISTS {function}", cancel);
        foreach (var table in new[] { CaptureNames.Record, CaptureNames.Log })
        {
            if (await PostgresCaptureRecord.ExistsAsync(connection, table, cancel))
                await RetryAsync(connection, endpoint, $"DROP TABLE IF EXISTS {table}", cancel);
        }
    }

    /// <summary>Runs DDL in short tries, letting those through who wait, until it has its locks.</summary>
    public static async Task RetryAsync(NpgsqlConnection connection, DatabaseEndpoint endpoint, string ddl, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var transaction = await connection.BeginTransactionAsync(cancel);
                await ExecuteAsync(connection, $"{Limits}; {ddl}", cancel);
                await transaction.CommitAsync(cancel);
                return;
            }
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                if (clock.Elapsed > _patience)
                    throw new DatabaseException($"Expected a moment without long transactions within {_patience.TotalSeconds:0} s to change the capture of {endpoint.Display}, found none. Find who holds the tables with pg_blocking_pids() in pg_stat_activity, let them end, and run the same command again.", error);
                await Task.Delay(_pause, cancel);
            }
        }
    }

    private static async Task<List<(string Name, string[] Parts)>> PairsAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var pairs = new List<(string, string[])>();
        while (await reader.ReadAsync(cancel))
            pairs.Add((reader.GetString(0), reader.FieldCount > 1 ? reader.GetFieldValue<string[]>(1) : []));
        return pairs;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
