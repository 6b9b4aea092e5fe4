using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Seidra.Database;

/// <summary>
/// The in-place migration on SQLite: the file's one write lock for the few milliseconds that the catalog needs. Without WAL a
/// commit keeps new readers out while it waits for old ones, so it waits briefly, gives everything back and tries again.
/// </summary>
internal static class SqliteInPlace
{
    private const int PrimaryCode = 0xff;
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    public static async Task<InPlaceResult> ApplyAsync(DatabaseEndpoint classic, InPlaceOptions options, Action? beforeCommit, CancellationToken cancel)
    {
        await using var connection = await classic.OpenSqliteAsync(SqliteOpenMode.ReadWrite, cancel);
        raw.sqlite3_busy_timeout(connection.Handle, (int)Math.Max(1, options.LockTimeout.TotalMilliseconds));
        var clock = Stopwatch.StartNew();
        var pause = s_firstPause;
        for (var tries = 1; ; tries++)
        {
            var plan = await PlanAsync(classic, connection, options.Map, cancel);
            if (plan.Missing.Count == 0)
                return new InPlaceResult([], plan.AlreadyThere, tries - 1, TimeSpan.Zero);
            var locked = Stopwatch.StartNew();
            if (await TryAsync(classic, connection, options.Map, beforeCommit, cancel) is { } done)
            {
                var took = locked.Elapsed;
                return InPlaceMigration.Evidence(classic, done, await PlanAsync(classic, connection, options.Map, cancel), tries, took);
            }

            if (clock.Elapsed + pause >= options.Patience)
                throw new DatabaseException($"Expected a moment without other transactions in {classic.Display} within {options.Patience.TotalSeconds:0.#} s, found it locked by another process all the time. Nothing was changed. End that process's transaction and run the same command again.");
            await Task.Delay(pause, cancel);
            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
        }
    }

    /// <summary>One try; null when somebody else held the file.</summary>
    private static async Task<InPlacePlan?> TryAsync(DatabaseEndpoint classic, SqliteConnection connection, SchemaMap map, Action? beforeCommit, CancellationToken cancel)
    {
        if (!Execute(connection, "BEGIN IMMEDIATE"))
            return null;
        var committed = false;
        try
        {
            // Read again under the lock: another run may have been quicker.
            var plan = await PlanAsync(classic, connection, map, cancel);
            if (!plan.Statements.All(statement => Execute(connection, statement)))
                return null;
            beforeCommit?.Invoke();
            committed = Execute(connection, "COMMIT");
            return committed ? plan : null;
        }
        finally
        {
            if (!committed)
                raw.sqlite3_exec(connection.Handle, "ROLLBACK");
        }
    }

    private static async Task<InPlacePlan> PlanAsync(DatabaseEndpoint classic, SqliteConnection connection, SchemaMap map, CancellationToken cancel) =>
        InPlacePlanner.Plan(classic, await DatabaseCatalog.ReadAsync(connection, cancel), map);

    /// <summary>Runs a statement by the engine's own call, which waits no longer than the busy time-out; false when that passed.</summary>
    private static bool Execute(SqliteConnection connection, string sql)
    {
        var result = raw.sqlite3_exec(connection.Handle, sql);
        if ((result & PrimaryCode) == raw.SQLITE_BUSY)
            return false;
        return result == raw.SQLITE_OK ? true : throw new SqliteException(raw.sqlite3_errmsg(connection.Handle).utf8_to_string(), result);
    }
}
