using System.Diagnostics;
using Npgsql;

namespace Seidra.Database;

/// <summary>What is done to a committed freeze on PostgreSQL, by whichever process.</summary>
internal static class PostgresFreezeControl
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    public static async Task<FreezeState> StateAsync(DatabaseEndpoint classic, CancellationToken cancel)
    {
        await using var connection = await classic.OpenPostgresAsync(cancel);
        if (!await ExistsAsync(connection, cancel))
            return new FreezeState(FreezeKind.None, null);
        await using var command = new NpgsqlCommand($"SELECT final, until, clock_timestamp() < until FROM {WriteFreeze.ControlTable}", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
            return new FreezeState(FreezeKind.None, null);
        if (reader.GetBoolean(0))
            return new FreezeState(FreezeKind.Final, null);
        return reader.GetBoolean(2) ? new FreezeState(FreezeKind.Until, new DateTimeOffset(reader.GetDateTime(1))) : new FreezeState(FreezeKind.None, null);
    }

    public static async Task<bool> FinaliseAsync(DatabaseEndpoint classic, CancellationToken cancel)
    {
        await using var connection = await classic.OpenPostgresAsync(cancel);
        if (!await ExistsAsync(connection, cancel))
            throw Nothing(classic);
        await using (var transaction = await connection.BeginTransactionAsync(cancel))
        {
            await using var mark = new NpgsqlCommand($"UPDATE {WriteFreeze.ControlTable} SET final = true", connection);
            if (await mark.ExecuteNonQueryAsync(cancel) == 0)
                throw Nothing(classic);
            await using var refuse = new NpgsqlCommand(PostgresFreezeSql.Refuse(null), connection);
            await refuse.ExecuteNonQueryAsync(cancel);
            await transaction.CommitAsync(cancel);
        }

        // Judged after the commit: only then can no write come in any more.
        await using var judge = new NpgsqlCommand($"UPDATE {WriteFreeze.ControlTable} SET unbroken = coalesce(unbroken, clock_timestamp() < until) RETURNING unbroken", connection);
        return await judge.ExecuteScalarAsync(cancel) is true;
    }

    public static async Task LiftAsync(DatabaseEndpoint classic, CancellationToken cancel)
    {
        await using var connection = await classic.OpenPostgresAsync(cancel);
        await using var find = new NpgsqlCommand($"SELECT to_regproc('{PostgresFreezeSql.Function}') IS NOT NULL", connection);
        var (function, control) = (await find.ExecuteScalarAsync(cancel) is true, await ExistsAsync(connection, cancel));
        if (!function && !control)
            return;
        // Writes flow from here on, without waiting for anybody's lock; what is left is tidying.
        var release = (function ? PostgresFreezeSql.Allow + ";" : "") + (control ? $"DELETE FROM {WriteFreeze.ControlTable};" : "");
        await using (var command = new NpgsqlCommand("SET client_min_messages = warning;" + release, connection))
            await command.ExecuteNonQueryAsync(cancel);
        await TidyAsync(classic, connection, cancel);
    }

    // DROP TRIGGER must wait for readers; it never makes others queue behind it for long.
    private static async Task TidyAsync(DatabaseEndpoint classic, NpgsqlConnection connection, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var transaction = await connection.BeginTransactionAsync(cancel);
                await using var command = new NpgsqlCommand($"SET LOCAL lock_timeout = 100; DROP FUNCTION IF EXISTS {PostgresFreezeSql.Function}() CASCADE; DROP TABLE IF EXISTS {WriteFreeze.ControlTable}", connection);
                await command.ExecuteNonQueryAsync(cancel);
                await transaction.CommitAsync(cancel);
                return;
            }
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                if (clock.Elapsed > _patience)
                    throw new DatabaseException($"{classic.Display} takes writes again, but the freeze's triggers could not be removed within {_patience.TotalSeconds:0} s: a long transaction reads the tables. They refuse nothing; run the same command again later.", error);
                await Task.Delay(_pause, cancel);
            }
        }
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"SELECT to_regclass('{WriteFreeze.ControlTable}') IS NOT NULL", connection);
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    private static DatabaseException Nothing(DatabaseEndpoint classic) =>
        new($"Expected a committed freeze in {classic.Display}, found none. Run: ./build.sh --target=Cutover");
}
