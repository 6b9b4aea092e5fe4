using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Seidra.Database;

/// <summary>A freeze on SQLite: the database's one write lock, held open with the refusing triggers in it.</summary>
internal sealed class SqliteFreeze : IWriteFreeze
{
    private readonly DatabaseEndpoint _classic;
    private readonly SqliteConnection _connection;
    private readonly int _tables;
    private bool _committed;

    private SqliteFreeze(DatabaseEndpoint classic, SqliteConnection connection, int tables, DateTimeOffset until)
    {
        _classic = classic;
        _connection = connection;
        _tables = tables;
        Until = until;
    }

    /// <inheritdoc/>
    public DateTimeOffset Until { get; }

    public static async Task<SqliteFreeze> BeginAsync(DatabaseEndpoint classic, FreezeOptions options, CancellationToken cancel)
    {
        var connection = await classic.OpenSqliteAsync(SqliteOpenMode.ReadWrite, cancel);
        try
        {
            Begin(classic, connection, options.LockTimeout * options.Attempts);
            var until = DateTimeOffset.UtcNow + options.Deadline;
            var tables = SqliteRowHasher.Tables(connection);
            foreach (var table in tables)
            {
                Execute(connection, SqliteFreezeSql.Refuse(table, until));
            }

            return new SqliteFreeze(classic, connection, tables.Count, until);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public static async Task FinaliseAsync(DatabaseEndpoint classic, CancellationToken cancel)
    {
        if (await StateAsync(classic, cancel) == FreezeState.None)
        {
            return;
        }

        await using var connection = await classic.OpenSqliteAsync(SqliteOpenMode.ReadWrite, cancel);
        var refusals = SqliteRowHasher.Tables(connection).Select(table => SqliteFreezeSql.Refuse(table, until: null));
        Execute(connection, $"BEGIN IMMEDIATE;\n{string.Join('\n', refusals)}\nCOMMIT;");
    }

    public static async Task LiftAsync(DatabaseEndpoint classic, CancellationToken cancel)
    {
        await using var connection = await classic.OpenSqliteAsync(SqliteOpenMode.ReadWrite, cancel);
        var drops = Triggers(connection).Select(trigger => SqliteFreezeSql.Drop(trigger.Name)).ToList();
        if (drops.Count > 0)
        {
            Execute(connection, $"BEGIN IMMEDIATE;\n{string.Join('\n', drops)}\nCOMMIT;");
        }
    }

    public static async Task<FreezeState> StateAsync(DatabaseEndpoint classic, CancellationToken cancel)
    {
        await using var connection = await classic.OpenSqliteAsync(SqliteOpenMode.ReadOnly, cancel);
        return Triggers(connection) is [var first, ..] ? SqliteFreezeSql.StateOf(first.Sql) : FreezeState.None;
    }

    /// <inheritdoc/>
    public async Task<int> ProveAsync(CancellationToken cancel = default)
    {
        // SQLite has one write lock for all tables: one refused attempt proves them all.
        await using var connection = await _classic.OpenSqliteAsync(SqliteOpenMode.ReadWrite, cancel);
        Execute(connection, "PRAGMA busy_timeout = 0");
        var result = raw.sqlite3_exec(connection.Handle, "BEGIN IMMEDIATE");
        if (result == raw.SQLITE_BUSY)
        {
            return _tables;
        }

        if (result == raw.SQLITE_OK)
        {
            raw.sqlite3_exec(connection.Handle, "ROLLBACK");
        }

        throw new DatabaseException($"Expected {_classic.Display} to refuse writes, found it open. Nothing was switched; run the cutover again.");
    }

    /// <inheritdoc/>
    public Task CommitAsync(CancellationToken cancel = default) => WriteFreeze.GuardAsync(_classic, () =>
    {
        if (!_committed)
        {
            Execute(_connection, "COMMIT");
            _committed = true;
        }

        return Task.CompletedTask;
    });

    /// <inheritdoc/>
    public Task FinaliseAsync(CancellationToken cancel = default) => WriteFreeze.FinaliseAsync(_classic, cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    // By hand: the driver's own waiting knows only whole seconds.
    private static void Begin(DatabaseEndpoint classic, SqliteConnection connection, TimeSpan patience)
    {
        Execute(connection, $"PRAGMA busy_timeout = {(int)patience.TotalMilliseconds}");
        var result = raw.sqlite3_exec(connection.Handle, "BEGIN IMMEDIATE");
        if (result == raw.SQLITE_BUSY)
        {
            throw new DatabaseException(
                $"Expected Classic's running write to end within {patience.TotalMilliseconds:0} ms, found {classic.Path} still locked by another process. End it, or raise freeze.lockTimeoutMs, and run the cutover again.");
        }

        if (result != raw.SQLITE_OK)
        {
            throw new DatabaseException($"Could not freeze {classic.Display}: {raw.sqlite3_errmsg(connection.Handle).utf8_to_string()}.");
        }
    }

    private static List<(string Name, string Sql)> Triggers(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = SqliteFreezeSql.ReadTriggers;
        using var reader = command.ExecuteReader();
        var triggers = new List<(string, string)>();
        while (reader.Read())
        {
            triggers.Add((reader.GetString(0), reader.GetString(1)));
        }

        return triggers;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
