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

    public SqliteStore(string path)
    {
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, DefaultTimeout = 5 }.ConnectionString;
        using var connection = Connect();
        using var command = connection.CreateCommand();
        // Readers and the migration's long reads must not stop writers. The mode stays with the file, so it is set only
        // where it is not: setting it needs the file for itself.
        command.CommandText = "PRAGMA journal_mode";
        if (command.ExecuteScalar() is "wal")
            return;
        command.CommandText = "PRAGMA journal_mode = WAL";
        command.ExecuteNonQuery();
    }

    public override string NewestFirst => "rowid DESC";

    public override Task<int> ExecuteAsync(string sql, params (string Name, object? Value)[] parameters) =>
        WriteAsync(sql, parameters, command => command.ExecuteNonQuery());

    public override Task<object?> InsertAsync(string sql, params (string Name, object? Value)[] parameters) =>
        WriteAsync(sql, parameters, command => command.ExecuteScalar());

    public override async Task<IReadOnlyList<object?[]>> QueryAsync(string sql, params (string Name, object? Value)[] parameters)
    {
        await using var connection = Connect();
        await using var command = connection.CreateCommand();
        Bind(command, sql, parameters);
        return await ReadAsync(command);
    }

    public override object Time(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    public override bool IsFrozenOrBusy(DbException error) =>
        error is SqliteException { SqliteErrorCode: Busy or Locked } || NamesTheFreeze(error);

    public override bool IsDuplicate(DbException error) => error is SqliteException { SqliteExtendedErrorCode: UniqueViolation };

    public override ValueTask DisposeAsync()
    {
        using (var connection = new SqliteConnection(connectionString))
            SqliteConnection.ClearPool(connection);
        writer.Dispose();
        return ValueTask.CompletedTask;
    }

    // One writer at a time: SQLite allows no more, and waiting here is cheaper than waiting there.
    private async Task<T> WriteAsync<T>(string sql, (string Name, object? Value)[] parameters, Func<SqliteCommand, T> run)
    {
        await writer.WaitAsync();
        try
        {
            await using var connection = Connect();
            await using var command = connection.CreateCommand();
            Bind(command, sql, parameters);
            return run(command);
        }
        finally
        {
            writer.Release();
        }
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 5000; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON";
        command.ExecuteNonQuery();
        return connection;
    }
}
