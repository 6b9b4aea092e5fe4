using System.Buffers.Binary;
using Npgsql;

namespace Seidra.Cutover.Bench;

/// <summary>Writes Classic's rows into PostgreSQL by COPY in its binary form (https://www.postgresql.org/docs/current/sql-copy.html).</summary>
internal sealed class PostgresSink(NpgsqlConnection connection) : IClassicSink
{
    private const long MicrosecondsTo2000 = 946_684_800_000_000;
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly byte[] _row = new byte[16 * 1024];
    private ClassicTable? _table;
    private NpgsqlRawCopyStream? _copy;
    private int _column;
    private int _length;

    /// <inheritdoc/>
    public void Begin(ClassicTable table)
    {
        _table = table;
        using (var create = new NpgsqlCommand(table.Create(Type), connection))
        {
            create.ExecuteNonQuery();
        }

        _copy = connection.BeginRawBinaryCopy($"COPY {table.Name} FROM STDIN (FORMAT binary)");
        _copy.Write(Header);
        BeginRow();
    }

    /// <inheritdoc/>
    public void Integer(long value) => BinaryPrimitives.WriteInt32BigEndian(Next(sizeof(int)), checked((int)value));

    /// <inheritdoc/>
    public void Real(double value) => BinaryPrimitives.WriteDoubleBigEndian(Next(sizeof(double)), value);

    /// <inheritdoc/>
    public void Flag(bool value) => Next(1)[0] = value ? (byte)1 : (byte)0;

    /// <inheritdoc/>
    public void Moment(long microseconds) => BinaryPrimitives.WriteInt64BigEndian(Next(sizeof(long)), microseconds - MicrosecondsTo2000);

    /// <inheritdoc/>
    public void Text(ReadOnlySpan<byte> utf8) => utf8.CopyTo(Next(utf8.Length));

    /// <inheritdoc/>
    public void Null()
    {
        BinaryPrimitives.WriteInt32BigEndian(_row.AsSpan(_length), -1);
        _length += sizeof(int);
        _column++;
    }

    /// <inheritdoc/>
    public void EndRow()
    {
        if (_column != _table!.Columns.Count)
        {
            throw new InvalidOperationException($"{_table.Name} has {_table.Columns.Count} columns, the row {_column}.");
        }

        _copy!.Write(_row, 0, _length);
        BeginRow();
    }

    /// <inheritdoc/>
    public void End()
    {
        _copy!.Write([0xFF, 0xFF]);
        _copy.Dispose();
        using var sequence = new NpgsqlCommand($"SELECT setval(pg_get_serial_sequence('{_table!.Name}', 'id'), (SELECT max(id) FROM {_table.Name}))", connection);
        sequence.ExecuteNonQuery();
    }

    private static string Type(ColumnKind kind) => kind switch
    {
        ColumnKind.Key => "serial PRIMARY KEY",
        ColumnKind.Integer => "integer",
        ColumnKind.Json => "json",
        ColumnKind.Flag => "boolean",
        ColumnKind.Real => "double precision",
        ColumnKind.Moment => "timestamp",
        _ => "text",
    };

    private void BeginRow()
    {
        BinaryPrimitives.WriteInt16BigEndian(_row, (short)_table!.Columns.Count);
        (_length, _column) = (sizeof(short), 0);
    }

    private Span<byte> Next(int bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(_row.AsSpan(_length), bytes);
        var value = _row.AsSpan(_length + sizeof(int), bytes);
        _length += sizeof(int) + bytes;
        _column++;
        return value;
    }
}
