using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>
/// One read transaction on a SQLite file. In WAL mode readers and the writer do not wait for one another; in any other mode a
/// long read would make Classic's writers wait, so the rows are read from a private copy that takes the lock for a moment only.
/// </summary>
internal sealed class SqliteSnapshot : ISourceSnapshot
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly Encoding _encoding;
    private readonly DirectoryInfo? _copy;

    private SqliteSnapshot(SqliteConnection connection, Encoding encoding, DirectoryInfo? copy)
    {
        _connection = connection;
        _encoding = encoding;
        _copy = copy;
        _transaction = connection.BeginTransaction(deferred: true);
        // A deferred transaction takes its snapshot at the first read.
        Scalar(connection, "SELECT count(*) FROM sqlite_master");
    }

    public static async Task<SqliteSnapshot> OpenAsync(DatabaseEndpoint source, CancellationToken cancel)
    {
        var connection = await source.OpenSqliteAsync(SqliteOpenMode.ReadOnly, cancel);
        DirectoryInfo? copy = null;
        if (!"wal".Equals(Scalar(connection, "PRAGMA journal_mode"), StringComparison.OrdinalIgnoreCase))
        {
            copy = Directory.CreateTempSubdirectory("seidra-snapshot-");
            var own = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(copy.FullName, "classic.db"), Pooling = false }.ConnectionString);
            await own.OpenAsync(cancel);
            connection.BackupDatabase(own);
            await connection.DisposeAsync();
            connection = own;
        }

        return new SqliteSnapshot(connection, Encoding(Scalar(connection, "PRAGMA encoding")), copy);
    }

    public async IAsyncEnumerable<ISourceRow> ReadAsync(TablePlan table, [EnumeratorCancellation] CancellationToken cancel)
    {
        var columns = string.Join(", ", table.SourceColumns.Select(column => SqlName.Quote(column.Name)));
        await using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT {columns} FROM {SqlName.Quote(table.Source)} ORDER BY {SqlName.Quote(table.SourceColumns[table.Binding.Key].Name)} COLLATE BINARY";
        await using var reader = command.ExecuteReader();
        var row = new SqliteRow(reader.Handle!, table.SourceColumns.Count, _encoding);
        while (reader.Read())
        {
            cancel.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    public async IAsyncEnumerable<object?> KeysAsync(TablePlan table, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT {SqlName.Quote(table.SourceColumns[table.Binding.Key].Name)} FROM {SqlName.Quote(table.Source)}";
        await using var reader = command.ExecuteReader();
        var row = new SqliteRow(reader.Handle!, 1, _encoding);
        while (reader.Read())
        {
            cancel.ThrowIfCancellationRequested();
            yield return row[0];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
        _copy?.Delete(recursive: true);
    }

    private static string Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString() ?? "";
    }

    private static Encoding Encoding(string name) => name switch
    {
        "UTF-16le" => new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true),
        "UTF-16be" => new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true),
        _ => new UTF8Encoding(false, throwOnInvalidBytes: true),
    };
}
