using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Seidra.Database;

/// <summary>A prepared statement that takes its values as bytes, without a parameter object or a string between.</summary>
internal sealed class BoundStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public BoundStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Require(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public BoundStatement Bind(int index, string? text)
    {
        Require(text is null ? raw.sqlite3_bind_null(_statement, index) : raw.sqlite3_bind_text(_statement, index, text));
        return this;
    }

    public BoundStatement Bind(int index, long number)
    {
        Require(raw.sqlite3_bind_int64(_statement, index, number));
        return this;
    }

    public BoundStatement Bind(int index, double number)
    {
        Require(raw.sqlite3_bind_double(_statement, index, number));
        return this;
    }

    public BoundStatement BindText(int index, ReadOnlySpan<byte> utf8)
    {
        // An empty span has no address, which the engine would take for NULL.
        Require(utf8.IsEmpty ? raw.sqlite3_bind_text(_statement, index, "") : raw.sqlite3_bind_text(_statement, index, utf8));
        return this;
    }

    public BoundStatement BindBlob(int index, ReadOnlySpan<byte> bytes)
    {
        Require(raw.sqlite3_bind_blob(_statement, index, bytes));
        return this;
    }

    public BoundStatement BindNull(int index)
    {
        Require(raw.sqlite3_bind_null(_statement, index));
        return this;
    }

    /// <summary>Runs it for the bound values; true where it gave a row.</summary>
    public bool Run()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            // Reset gives the same error once more, with the words of this statement.
            _ = raw.sqlite3_reset(_statement);
            SqliteException.ThrowExceptionForRC(code, _database);
        }

        Require(raw.sqlite3_reset(_statement));
        return code == raw.SQLITE_ROW;
    }

    public void Dispose() => _statement.Dispose();

    private void Require(int code)
    {
        if (code != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(code, _database);
    }
}
