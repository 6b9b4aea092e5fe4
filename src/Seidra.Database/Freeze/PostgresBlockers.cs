using System.Globalization;
using Npgsql;

namespace Seidra.Database;

/// <summary>Waits for locks on PostgreSQL, and says who did not let go.</summary>
internal static class PostgresBlockers
{
    // Sessions that hold a writer's lock on a user table, the oldest transaction first.
    private const string HoldersSql = """
        SELECT DISTINCT a.pid, a.usename, a.application_name, a.state, extract(epoch FROM clock_timestamp() - a.xact_start)::int AS seconds
        FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid JOIN pg_class c ON c.oid = l.relation
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE l.granted AND l.pid <> pg_backend_pid() AND n.nspname NOT LIKE 'pg\_%' AND l.mode NOT IN ('AccessShareLock', 'RowShareLock')
        ORDER BY seconds DESC NULLS LAST LIMIT 5
        """;

    /// <summary>Whether a statement gave up waiting: lock_timeout (55P03) or a deadlock (40P01).</summary>
    public static bool IsWaiting(PostgresException error) =>
        error.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected;

    /// <summary>Runs one or more statements without parameters.</summary>
    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The sentence that names who holds on to Classic's tables.</summary>
    public static async Task<string> DescribeAsync(NpgsqlConnection connection, FreezeOptions options, CancellationToken cancel)
    {
        var holders = new List<string>();
        await using var command = new NpgsqlCommand(HoldersSql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var age = reader.IsDBNull(4) ? "" : string.Create(CultureInfo.InvariantCulture, $", transaction open for {reader.GetInt32(4)} s");
            holders.Add(string.Create(CultureInfo.InvariantCulture, $"process {reader.GetInt32(0)} of {reader.GetString(1)} ({reader.GetString(2)}, {reader.GetString(3)}{age})"));
        }

        var who = holders.Count == 0 ? "nobody any more" : string.Join("; ", holders);
        return string.Create(CultureInfo.InvariantCulture,
            $"Expected Classic's running transactions to end within {options.LockTimeout.TotalMilliseconds:0} ms, {options.Attempts} times over; found its tables held by {who}. End those transactions, or raise freeze.lockTimeoutMs, and run the cutover again.");
    }
}
