using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Seidra.Sandbox.Servers;

/// <summary>A product's database in a SQLite file.</summary>
internal sealed class SqliteStore : SqlStore
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int UniqueViolation = 2067;

    private readonly string connectionString;
    private readonly SemaphoreSlim writer = new(1, 1);

    // Kept open and configured: opening one costs more than the statements that the stand-ins run.
    private readonly ConcurrentBag<SqliteConnection> idle = [];

    public SqliteStore(string path)
    {
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, DefaultTimeout = 5, Pooling = false }.ConnectionString;
        var connection = Rent();
        using (var command = connection.CreateCommand())
        {
            // Readers and the migration's long reads must not stop writers. The mode stays with the file, so it is set
            // only where it is not: setting it needs the file for itself.
            command.CommandText = "PRAGMA journal_mode";
            if (command.ExecuteScalar() is not "wal")
            {
                command.CommandText = "PRAGMA journal_mode = WAL";
                command.ExecuteNonQuery();
            }
        }

        idle.Add(connection);
    }

    public override string NewestFirst => "rowid DESC";

    public override Task<int> ExecuteAsync(string sql, params (string Name, object? Value)[] parameters) =>
        WriteAsync(sql, parameters, command => Task.FromResult(command.ExecuteNonQuery()));

    public override Task<object?> InsertAsync(string sql, params (string Name, object? Value)[] parameters) =>
        WriteAsync(sql, parameters, command => Task.FromResult(command.ExecuteScalar()));

    public override Task<IReadOnlyList<object?[]>> QueryAsync(string sql, params (string Name, object? Value)[] parameters) =>
        UseAsync(sql, parameters, ReadAsync);

    public override object Time(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    public override bool IsFrozenOrBusy(DbException error) =>
        error is SqliteException { SqliteErrorCode: Busy or Locked } || NamesTheFreeze(error);

    public override bool IsDuplicate(DbException error) => error is SqliteException { SqliteExtendedErrorCode: UniqueViolation };

    public override ValueTask DisposeAsync()
    {
        foreach (var connection in idle)
            connection.Dispose();
        writer.Dispose();
        return ValueTask.CompletedTask;
    }

    // One writer at a time: SQLite allows no more, and waiting here is cheaper than waiting there.
    private async Task<T> WriteAsync<T>(string sql, (string Name, object? Value)[] parameters, Func<SqliteCommand, Task<T>> run)
    {
        await writer.WaitAsync();
        try
        {
            return await UseAsync(sql, parameters, run);
        }
        finally
        {
            writer.Release();
        }
    }

    private async Task<T> UseAsync<T>(string sql, (string Name, object? Value)[] parameters, Func<SqliteCommand, Task<T>> run)
    {
        var connection = Rent();
        try
        {
            await using var command = connection.CreateCommand();
            Bind(command, sql, parameters);
            return await run(command);
        }
        finally
        {
            idle.Add(connection);
        }
    }

    private SqliteConnection Rent()
    {
        if (idle.TryTake(out var kept))
            return kept;
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 5000; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON";
        command.ExecuteNonQuery();
        return connection;
    }
}
