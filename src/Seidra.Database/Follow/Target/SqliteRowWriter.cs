using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Seidra.Database;

/// <summary>
/// Writes tuples into one SQLite table and reads them back, value by value between the two forms: numbers as they are, booleans
/// as 0 and 1, times as the text that Ultimate's ORM writes. Statements are prepared once.
/// </summary>
internal sealed class SqliteRowWriter : IDisposable
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.ffffff";
    private static readonly DateTime _epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
    private readonly FollowTable _table;
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _write;
    private readonly sqlite3_stmt _read;
    private readonly (int Column, sqlite3_stmt Statement)[] _park;
    private readonly ArrayBufferWriter<byte> _tuple = new();

    /// <param name="connection">Where the table is.</param>
    /// <param name="table">The table.</param>
    /// <param name="upsert">The statement that writes a row; parameters in the order of the columns.</param>
    /// <param name="parked">What a unique value becomes that another row needs.</param>
    public SqliteRowWriter(SqliteConnection connection, FollowTable table, string upsert, string parked)
    {
        _connection = connection;
        _table = table;
        _write = Prepare(upsert);
        _read = Prepare($"SELECT {string.Join(", ", table.Target.Columns.Select(column => $"t.{SqlName.Quote(column.Name)}"))} FROM {table.Target.Quoted} AS t WHERE t.id = ?1{table.NotOwn}");
        _park = [.. table.Target.Unique.Select(name => (
            table.Target.Columns.ToList().FindIndex(column => column.Name == name),
            Prepare($"UPDATE {table.Target.Quoted} AS t SET {SqlName.Quote(name)} = {parked} WHERE t.{SqlName.Quote(name)} = ?1 AND t.id <> ?2{table.NotOwn}")))];
    }

    /// <summary>Takes the row's unique values away from rows that hold them still.</summary>
    public void Park(RowImage row)
    {
        foreach (var (column, statement) in _park)
        {
            if (Field(row.Tuple.Span, column) is not { } at)
                continue;
            raw.sqlite3_bind_text(statement, 1, row.Tuple.Span[at]);
            raw.sqlite3_bind_int64(statement, 2, row.Id.Number);
            Step(statement);
        }
    }

    /// <summary>Inserts or replaces a row.</summary>
    public void Write(RowImage row)
    {
        var tuple = row.Tuple.Span;
        var at = 2;
        for (var index = 0; index < _table.Target.Columns.Count; index++)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(tuple[at..]);
            at += 4;
            if (length < 0)
            {
                raw.sqlite3_bind_null(_write, index + 1);
                continue;
            }

            Bind(index, tuple.Slice(at, length));
            at += length;
        }

        Step(_write);
    }

    /// <summary>The hash of a row as it stands now; null where there is none or it is Ultimate's own.</summary>
    public UInt128? Read(KeyId id)
    {
        if (id.IsNumber)
            raw.sqlite3_bind_int64(_read, 1, id.Number);
        else
            raw.sqlite3_bind_text(_read, 1, id.Text);
        try
        {
            var result = raw.sqlite3_step(_read);
            if (result == raw.SQLITE_DONE)
                return null;
            if (result != raw.SQLITE_ROW)
                throw Error(result);
            _tuple.ResetWrittenCount();
            BinaryPrimitives.WriteInt16BigEndian(_tuple.GetSpan(2), (short)_table.Target.Columns.Count);
            _tuple.Advance(2);
            for (var index = 0; index < _table.Target.Columns.Count; index++)
                Append(index);
            return XxHash128.HashToUInt128(_tuple.WrittenSpan);
        }
        finally
        {
            raw.sqlite3_reset(_read);
        }
    }

    public void Dispose()
    {
        _write.Dispose();
        _read.Dispose();
        foreach (var (_, statement) in _park)
            statement.Dispose();
    }

    private void Bind(int index, ReadOnlySpan<byte> field)
    {
        switch (_table.Target.Columns[index].Type)
        {
            case TargetType.Integer:
                raw.sqlite3_bind_int64(_write, index + 1, BinaryPrimitives.ReadInt32BigEndian(field));
                break;
            case TargetType.Boolean:
                raw.sqlite3_bind_int64(_write, index + 1, field[0]);
                break;
            case TargetType.Float:
                raw.sqlite3_bind_double(_write, index + 1, BinaryPrimitives.ReadDoubleBigEndian(field));
                break;
            case TargetType.Timestamp:
                raw.sqlite3_bind_text(_write, index + 1, _epoch.AddTicks(BinaryPrimitives.ReadInt64BigEndian(field) * TimeSpan.TicksPerMicrosecond).ToString(TimeFormat, CultureInfo.InvariantCulture));
                break;
            default:
                raw.sqlite3_bind_text(_write, index + 1, field);
                break;
        }
    }

    private void Append(int index)
    {
        if (raw.sqlite3_column_type(_read, index) == raw.SQLITE_NULL)
        {
            BinaryPrimitives.WriteInt32BigEndian(_tuple.GetSpan(4), -1);
            _tuple.Advance(4);
            return;
        }

        switch (_table.Target.Columns[index].Type)
        {
            case TargetType.Integer:
                BinaryPrimitives.WriteInt32BigEndian(Next(4), (int)raw.sqlite3_column_int64(_read, index));
                break;
            case TargetType.Boolean:
                Next(1)[0] = (byte)raw.sqlite3_column_int64(_read, index);
                break;
            case TargetType.Float:
                BinaryPrimitives.WriteDoubleBigEndian(Next(8), raw.sqlite3_column_double(_read, index));
                break;
            case TargetType.Timestamp when Time(index) is { } micros:
                BinaryPrimitives.WriteInt64BigEndian(Next(8), micros);
                break;
            default:
                // As text first: that makes a file of UTF-16 hand out UTF-8.
                raw.sqlite3_column_text(_read, index);
                var text = raw.sqlite3_column_blob(_read, index);
                text.CopyTo(Next(text.Length));
                break;
        }
    }

    private Span<byte> Next(int length)
    {
        var span = _tuple.GetSpan(4 + length);
        BinaryPrimitives.WriteInt32BigEndian(span, length);
        _tuple.Advance(4 + length);
        return span.Slice(4, length);
    }

    // A time that somebody wrote in another way stays text, so that it differs.
    private long? Time(int index) =>
        DateTime.TryParseExact(raw.sqlite3_column_text(_read, index).utf8_to_string(), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? (time - _epoch).Ticks / TimeSpan.TicksPerMicrosecond
            : null;

    private static Range? Field(ReadOnlySpan<byte> tuple, int column)
    {
        var at = 2;
        for (var index = 0; ; index++)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(tuple[at..]);
            at += 4;
            if (index == column)
                return length < 0 ? null : at..(at + length);
            at += Math.Max(0, length);
        }
    }

    private void Step(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        if (result != raw.SQLITE_DONE)
            throw Error(result);
    }

    private sqlite3_stmt Prepare(string sql)
    {
        var result = raw.sqlite3_prepare_v3(_connection.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement);
        return result == raw.SQLITE_OK ? statement : throw Error(result);
    }

    private SqliteException Error(int result) => new(raw.sqlite3_errmsg(_connection.Handle).utf8_to_string(), result);
}
