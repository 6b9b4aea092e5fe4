using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Seidra.Database;

/// <summary>
/// A statement kept ready on the engine itself: the driver sleeps 150 ms whenever the file is busy, which is longer than what
/// a follower has.
/// </summary>
internal sealed class BusyStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public BusyStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        var result = raw.sqlite3_prepare_v2(_database, sql, out _statement);
        if (result != raw.SQLITE_OK)
            throw Error(result);
    }

    /// <summary>Runs it and reads the first column of its first row, 0 without row; null when the file is busy.</summary>
    public long? Run(params ReadOnlySpan<long> parameters)
    {
        for (var at = 0; at < parameters.Length; at++)
            raw.sqlite3_bind_int64(_statement, at + 1, parameters[at]);
        var result = raw.sqlite3_step(_statement);
        var value = result == raw.SQLITE_ROW ? raw.sqlite3_column_int64(_statement, 0) : 0;
        raw.sqlite3_reset(_statement);
        return result switch
        {
            raw.SQLITE_ROW or raw.SQLITE_DONE => value,
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => null,
            _ => throw Error(result),
        };
    }

    public void Dispose() => _statement.Dispose();

    private SqliteException Error(int result) => new(raw.sqlite3_errmsg(_database).utf8_to_string(), result);
}
