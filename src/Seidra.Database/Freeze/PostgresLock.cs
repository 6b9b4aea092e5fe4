using System.Diagnostics;
using Npgsql;

namespace Seidra.Database;

/// <summary>
/// Takes the lock that lets readers pass and holds writers. Each try is shorter than the server's deadlock_timeout, so that
/// the deadlock detector never ends one of Classic's transactions for our sake, and lets waiting writers through in between.
/// </summary>
internal static class PostgresLock
{
    private static readonly TimeSpan _longestTry = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Begins a transaction that holds the lock on all tables.</summary>
    /// <exception cref="DatabaseException">It could not be had in time; who held it is named.</exception>
    public static async Task<NpgsqlTransaction> TakeAsync(
        NpgsqlConnection connection, NpgsqlConnection observer, IReadOnlyList<string> tables, TimeSpan patience, CancellationToken cancel)
    {
        var limit = await LongestTryAsync(connection, cancel);
        var clock = Stopwatch.StartNew();
        var blockers = "";
        while (true)
        {
            var left = patience - clock.Elapsed;
            var transaction = await connection.BeginTransactionAsync(cancel);
            try
            {
                var timeout = (int)Math.Max(1, Math.Min(limit.TotalMilliseconds, left.TotalMilliseconds));
                await using var command = new NpgsqlCommand($"SET LOCAL lock_timeout = {timeout}; SET LOCAL statement_timeout = 0; LOCK TABLE {string.Join(", ", tables)} IN SHARE ROW EXCLUSIVE MODE", connection);
                var locking = command.ExecuteNonQueryAsync(cancel);
                if (await Task.WhenAny(locking, Task.Delay(timeout / 2, cancel)) != locking)
                    blockers = await BlockersAsync(observer, connection.ProcessID, cancel) is { Length: > 0 } named ? named : blockers;
                await locking;
                return transaction;
            }
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                await transaction.DisposeAsync();
                if (clock.Elapsed + _pause >= patience)
                    throw new DatabaseException($"Expected running transactions of {connection.Database} to end within {patience.TotalSeconds:0.#} s, found still open: {(blockers.Length > 0 ? blockers : "unknown sessions")}. Nothing was changed. End them (SELECT pg_terminate_backend(pid)) or raise freeze.lockTimeoutMs, and run the same command again.", error);
                await Task.Delay(_pause, cancel);
            }
            catch
            {
                await transaction.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>How long one wait for a lock may be at most on this server.</summary>
    internal static async Task<TimeSpan> LongestTryAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT setting::bigint FROM pg_settings WHERE name = 'deadlock_timeout'", connection);
        var half = TimeSpan.FromMilliseconds((long)(await command.ExecuteScalarAsync(cancel))! / 2);
        return half < _longestTry ? half : _longestTry;
    }

    /// <summary>Who keeps a session waiting, in words; empty when nobody does.</summary>
    internal static async Task<string> BlockersAsync(NpgsqlConnection observer, int waiting, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT string_agg(format('pid %s (%s, %s, %s, since %s)', pid, coalesce(usename, '?'), coalesce(nullif(application_name, ''), 'no application name'), coalesce(state, '?'), coalesce(to_char(xact_start, 'HH24:MI:SS'), '?')), ', ')
            FROM pg_stat_activity WHERE pid = ANY (pg_blocking_pids($1))
            """,
            observer);
        command.Parameters.Add(new() { Value = waiting });
        return await command.ExecuteScalarAsync(cancel) as string ?? "";
    }
}
