using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Seidra.Database;

/// <summary>
/// Checksum of the tables of a SQLite database over each value's storage class and bytes as they are stored: text that is no
/// UTF-8, NUL characters and numbers in text columns count as what they are.
/// </summary>
internal static class SqliteRowHasher
{
    private const int RowsPerTick = 1024;

    // Virtual tables keep their rows in shadow tables, which are listed by themselves; sqlite_* belongs to the engine.
    private const string TablesSql = """
        SELECT name FROM sqlite_master
        WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name
        """;

    /// <summary>Names of all tables that hold rows.</summary>
    public static IReadOnlyList<string> Tables(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = TablesSql;
        using var reader = command.ExecuteReader();
        var tables = new List<string>();
        while (reader.Read())
            tables.Add(reader.GetString(0));
        return tables;
    }

    /// <summary>All tables with their columns as they are now; described so, they can be read again after columns were added.</summary>
    public static IReadOnlyList<SqliteTable> Describe(SqliteConnection connection) =>
    [
        .. Tables(connection).Select(name =>
        {
            Check(connection, raw.sqlite3_prepare_v2(connection.Handle, $"SELECT * FROM {SqlName.Quote(name)}", out var statement));
            using (statement)
            {
                var columns = Enumerable.Range(0, raw.sqlite3_column_count(statement)).Select(column => raw.sqlite3_column_name(statement, column).utf8_to_string());
                return new SqliteTable(name, string.Join(", ", columns.Select(SqlName.Quote)));
            }
        }),
    ];

    /// <summary>Counts and checksums of tables as the connection's transaction sees them.</summary>
    public static IReadOnlyList<BackupTable> HashAll(SqliteConnection connection, IReadOnlyList<SqliteTable> tables, Action<long, long>? progress, CancellationToken cancel)
    {
        var ticker = new ProgressTicker(progress, total: 0);
        var result = tables.Select(table => Hash(connection, table, ticker, cancel)).ToList();
        ticker.Complete();
        return result;
    }

    /// <summary>Reads a table once, one row in memory at a time.</summary>
    private static BackupTable Hash(SqliteConnection connection, SqliteTable table, ProgressTicker ticker, CancellationToken cancel)
    {
        var checksum = default(RowChecksum);
        var row = new ArrayBufferWriter<byte>(1 << 12);
        // The engine's own calls, not the ADO.NET reader: no object and no string per value.
        Check(connection, raw.sqlite3_prepare_v2(connection.Handle, $"SELECT {table.SelectList} FROM {SqlName.Quote(table.Name)}", out var statement));
        using (statement)
        {
            var columns = raw.sqlite3_column_count(statement);
            int result;
            while ((result = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                row.ResetWrittenCount();
                for (var column = 0; column < columns; column++)
                    Append(row, statement, column);
                checksum.Add(row.WrittenSpan);
                if (checksum.Rows % RowsPerTick != 0)
                    continue;
                cancel.ThrowIfCancellationRequested();
                ticker.Add(RowsPerTick);
            }

            if (result != raw.SQLITE_DONE)
                Check(connection, result);
        }

        ticker.Add(checksum.Rows % RowsPerTick);
        return new BackupTable(table.Name, checksum.Rows, checksum.Sum);
    }

    private static void Append(ArrayBufferWriter<byte> row, sqlite3_stmt statement, int column)
    {
        var type = raw.sqlite3_column_type(statement, column);
        var head = row.GetSpan(9);
        head[0] = (byte)type;
        switch (type)
        {
            case raw.SQLITE_INTEGER:
                BinaryPrimitives.WriteInt64LittleEndian(head[1..], raw.sqlite3_column_int64(statement, column));
                row.Advance(9);
                break;
            case raw.SQLITE_FLOAT:
                BinaryPrimitives.WriteDoubleLittleEndian(head[1..], raw.sqlite3_column_double(statement, column));
                row.Advance(9);
                break;
            case raw.SQLITE_TEXT or raw.SQLITE_BLOB:
                // As a blob, text too: no conversion touches the bytes.
                var bytes = raw.sqlite3_column_blob(statement, column);
                BinaryPrimitives.WriteInt64LittleEndian(head[1..], bytes.Length);
                row.Advance(9);
                row.Write(bytes);
                break;
            default:
                row.Advance(1);
                break;
        }
    }

    private static void Check(SqliteConnection connection, int result)
    {
        if (result != raw.SQLITE_OK)
            throw new SqliteException(raw.sqlite3_errmsg(connection.Handle).utf8_to_string(), result);
    }
}
