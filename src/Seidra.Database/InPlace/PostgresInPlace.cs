using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Seidra.Database;

/// <summary>
/// The in-place migration on PostgreSQL. Whoever waits for a table's lock makes all later readers wait as well, so each try
/// waits briefly, and lets the queue go in between.
/// </summary>
internal static class PostgresInPlace
{
    /// <summary>A constant default is kept in the catalog, without touching a row, since this version (manual: ALTER TABLE, Notes).</summary>
    private const int FirstMajor = 11;

    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    /// <summary>A process that hangs in the middle loses the lock after this long.</summary>
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(5);

    public static async Task<InPlaceResult> ApplyAsync(DatabaseEndpoint classic, InPlaceOptions options, Action? beforeCommit, CancellationToken cancel)
    {
        await using var connection = await classic.OpenPostgresAsync(cancel);
        await using var observer = await classic.OpenPostgresAsync(cancel);
        if (connection.PostgreSqlVersion.Major < FirstMajor)
            throw new DatabaseException($"Expected PostgreSQL {FirstMajor} or newer for a migration in place, found {connection.PostgreSqlVersion}: it would rewrite whole tables under an exclusive lock. Migrate into a new database instead.");
        var longest = await PostgresLock.LongestTryAsync(connection, cancel);
        var timeout = options.LockTimeout < longest ? options.LockTimeout : longest;
        var clock = Stopwatch.StartNew();
        var pause = s_firstPause;
        var blockers = "";
        for (var tries = 1; ; tries++)
        {
            var plan = await PlanAsync(classic, connection, options.Map, cancel);
            if (plan.Missing.Count == 0)
                return new InPlaceResult([], plan.AlreadyThere, tries - 1, TimeSpan.Zero);
            await RequireOwnerAsync(classic, connection, plan, cancel);
            try
            {
                var locked = Stopwatch.StartNew();
                await using (var transaction = await connection.BeginTransactionAsync(cancel))
                {
                    var locking = LockAsync(connection, plan, timeout, cancel);
                    if (await Task.WhenAny(locking, Task.Delay(timeout / 2, cancel)) != locking)
                        blockers = await PostgresLock.BlockersAsync(observer, connection.ProcessID, cancel) is { Length: > 0 } named ? named : blockers;
                    await locking;
                    // Read again under the lock: another run may have been quicker.
                    plan = await PlanAsync(classic, connection, options.Map, cancel);
                    await AlterAsync(connection, plan, cancel);
                    beforeCommit?.Invoke();
                    await transaction.CommitAsync(cancel);
                }

                var took = locked.Elapsed;
                return InPlaceMigration.Evidence(classic, plan, await PlanAsync(classic, observer, options.Map, cancel), tries, took);
            }
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.QueryCanceled)
            {
                if (clock.Elapsed + pause >= options.Patience)
                    throw new DatabaseException($"Expected a moment without transactions on {string.Join(", ", Tables(plan))} of {classic.Display} within {options.Patience.TotalSeconds:0.#} s, found still open: {(blockers.Length > 0 ? blockers : "unknown sessions")}. Nothing was changed. Let them end or end them (SELECT pg_terminate_backend(pid)), and run the same command again.", error);
                await Task.Delay(pause, cancel);
                pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
            }
        }
    }

    private static async Task<InPlacePlan> PlanAsync(DatabaseEndpoint classic, NpgsqlConnection connection, SchemaMap map, CancellationToken cancel) =>
        InPlacePlanner.Plan(classic, await DatabaseCatalog.ReadAsync(connection, cancel), map);

    private static IEnumerable<string> Tables(InPlacePlan plan) => plan.Missing.Select(column => column.Table).Distinct();

    private static async Task LockAsync(NpgsqlConnection connection, InPlacePlan plan, TimeSpan timeout, CancellationToken cancel)
    {
        var limit = ((int)Math.Max(1, timeout.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);
        var idle = ((int)s_idle.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        // lock_timeout counts per table, statement_timeout for all of them together; it must be set before its statement begins.
        await ExecuteAsync(connection, $"SET LOCAL lock_timeout = {limit}; SET LOCAL statement_timeout = {limit}; SET LOCAL idle_in_transaction_session_timeout = {idle}", cancel);
        await ExecuteAsync(connection, $"LOCK TABLE {string.Join(", ", Tables(plan).Select(SqlName.Quote))} IN ACCESS EXCLUSIVE MODE", cancel);
        await ExecuteAsync(connection, "SET LOCAL statement_timeout = 0", cancel);
    }

    private static async Task AlterAsync(NpgsqlConnection connection, InPlacePlan plan, CancellationToken cancel)
    {
        if (plan.Missing.Count == 0)
            return;
        var before = await FilesAsync(connection, plan, cancel);
        await ExecuteAsync(connection, string.Join(";\n", plan.Statements), cancel);
        var after = await FilesAsync(connection, plan, cancel);
        if (before != after)
            throw new DatabaseException($"Expected columns to be added without rewriting a table, found new files ({before} became {after}). Nothing was changed. Please report this server's version: {connection.PostgreSqlVersion}.");
    }

    private static async Task<string> FilesAsync(NpgsqlConnection connection, InPlacePlan plan, CancellationToken cancel)
    {
        var files = Tables(plan).Select(table => $"coalesce(pg_relation_filenode({SqlName.Literal(SqlName.Quote(table))}), 0)::text");
        await using var command = new NpgsqlCommand($"SELECT concat_ws(', ', {string.Join(", ", files)})", connection);
        return (string)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task RequireOwnerAsync(DatabaseEndpoint classic, NpgsqlConnection connection, InPlacePlan plan, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "SELECT c.relname || ' (owner ' || pg_get_userbyid(c.relowner) || ')' FROM pg_class c WHERE c.oid = ANY ($1::regclass[]) AND NOT pg_has_role(c.relowner, 'USAGE') ORDER BY 1", connection);
        command.Parameters.Add(new() { Value = Tables(plan).Select(SqlName.Quote).ToArray() });
        var foreign = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
                foreign.Add(reader.GetString(0));
        }

        if (foreign.Count > 0)
            throw new DatabaseException($"Expected role '{classic.User}' to own the tables that it adds columns to in {classic.Display}, found others' tables. Use their owner's role.", [.. foreign.Select(table => $"{table}: not owned by '{classic.User}'.")]);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
