using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Seidra.Database;

/// <summary>
/// A freeze on SQLite: the file's one write lock, held by an open transaction that has made the refusing triggers, which
/// nobody sees until it commits. The operating system lets the lock go with this process; a timer rolls back at the deadline.
/// </summary>
internal sealed class SqliteFreeze : IWriteFreeze
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(5);
    private readonly DatabaseEndpoint _classic;
    private readonly SqliteConnection _connection;
    private readonly Timer _deadline;
    private readonly Lock _one = new();
    private bool _open = true;
    private bool _committed;

    private SqliteFreeze(DatabaseEndpoint classic, SqliteConnection connection, IReadOnlyList<string> tables, DateTimeOffset until)
    {
        _classic = classic;
        _connection = connection;
        Tables = tables;
        Until = until;
        var left = until - DateTimeOffset.UtcNow;
        _deadline = new Timer(_ => RollBack(), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    public IReadOnlyList<string> Tables { get; }

    public DateTimeOffset Until { get; }

    public static async Task<SqliteFreeze> BeginAsync(DatabaseEndpoint classic, FreezeOptions options, CancellationToken cancel)
    {
        var until = DateTimeOffset.FromUnixTimeMilliseconds((DateTimeOffset.UtcNow + options.Deadline).ToUnixTimeMilliseconds());
        var connection = await classic.OpenSqliteAsync(SqliteOpenMode.ReadWrite, cancel);
        try
        {
            await LockAsync(classic, connection, options.LockTimeout, cancel);
            var tables = SqliteFreezeControl.Names(connection, SqliteFreezeSql.Tables);
            if (tables.Count == 0)
                throw new DatabaseException($"Expected tables to freeze in {classic.Display}, found none.");
            foreach (var statement in SqliteFreezeSql.Install(tables, SqliteFreezeControl.Names(connection, SqliteFreezeSql.Triggers), until.ToUnixTimeMilliseconds()))
                SqliteFreezeControl.Execute(connection, statement);
            return new SqliteFreeze(classic, connection, tables, until);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task<int> ProveAsync(CancellationToken cancel)
    {
        await using var other = await _classic.OpenSqliteAsync(SqliteOpenMode.ReadWrite, cancel);
        raw.sqlite3_busy_timeout(other.Handle, 0);
        foreach (var table in Tables)
        {
            var result = raw.sqlite3_exec(other.Handle, $"BEGIN; INSERT INTO {SqlName.Quote(table)} DEFAULT VALUES", out var said);
            raw.sqlite3_exec(other.Handle, "ROLLBACK");
            if (result == raw.SQLITE_BUSY || (result == raw.SQLITE_CONSTRAINT && said?.StartsWith(PostgresFreezeSql.Refusal, StringComparison.Ordinal) == true))
                continue;
            throw new DatabaseException($"Expected {table} to refuse a write during the freeze, found {(result == raw.SQLITE_OK ? "it taken (and rolled back)" : said)}. The freeze's deadline may have passed.");
        }

        return Tables.Count;
    }

    public async Task CommitAsync(CancellationToken cancel)
    {
        while (!TryCommit())
            await Task.Delay(_pause, cancel);
    }

    public async Task<bool> FinaliseAsync(CancellationToken cancel)
    {
        if (!_committed)
            throw new DatabaseException("Expected a committed freeze, found one that is held only: commit it before traffic moves.");
        return await WriteFreeze.FinaliseAsync(_classic, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _deadline.DisposeAsync();
        RollBack();
        await _connection.DisposeAsync();
    }

    /// <summary>False where readers of a file without WAL must leave first.</summary>
    private bool TryCommit()
    {
        lock (_one)
        {
            if (_committed)
                return true;
            if (!_open || DateTimeOffset.UtcNow >= Until)
                throw new DatabaseException($"Expected the freeze of {_classic.Display} to be held until it is committed, found it ended at its deadline ({Until:HH:mm:ss} UTC). Classic takes writes again; nothing was switched. Raise freeze.deadlineSeconds if the last delta needs longer.");
            var result = raw.sqlite3_exec(_connection.Handle, "COMMIT");
            if (result == raw.SQLITE_BUSY)
                return false;
            if (result != raw.SQLITE_OK)
                throw EndpointErrors.Wrap(_classic, new SqliteException(raw.sqlite3_errmsg(_connection.Handle).utf8_to_string(), result), "freeze");
            _open = false;
            return _committed = true;
        }
    }

    private void RollBack()
    {
        lock (_one)
        {
            if (_open)
                raw.sqlite3_exec(_connection.Handle, "ROLLBACK");
            _open = false;
        }
    }

    // The engine cannot say who holds its lock.
    private static async Task LockAsync(DatabaseEndpoint classic, SqliteConnection connection, TimeSpan patience, CancellationToken cancel)
    {
        raw.sqlite3_busy_timeout(connection.Handle, 0);
        var clock = Stopwatch.StartNew();
        while (raw.sqlite3_exec(connection.Handle, "BEGIN IMMEDIATE") is var result and not raw.SQLITE_OK)
        {
            if (result != raw.SQLITE_BUSY)
                throw EndpointErrors.Wrap(classic, new SqliteException(raw.sqlite3_errmsg(connection.Handle).utf8_to_string(), result), "freeze");
            if (clock.Elapsed > patience)
                throw new DatabaseException($"Expected running writes of {classic.Display} to end within {patience.TotalSeconds:0.#} s, found its write lock still held by another process. Nothing was changed. End that process's transaction or raise freeze.lockTimeoutMs, and run the same command again.");
            await Task.Delay(_pause, cancel);
        }
    }
}
