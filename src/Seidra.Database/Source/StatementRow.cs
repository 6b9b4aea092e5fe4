using System.Text;
using SQLitePCL;

namespace Seidra.Database;

/// <summary>The row that a SQLite statement stands on, read from the engine's own buffers.</summary>
internal sealed class StatementRow(sqlite3_stmt statement, SqliteEncoding encoding) : IRawRow
{
    private nint _statement = SqliteNative.Pointer(statement);
    private byte[][] _transcoded = [];

    public object? this[int ordinal]
    {
        get
        {
            var value = SqliteNative.ColumnValue(_statement, ordinal);
            return SqliteNative.ValueType(value) switch
            {
                raw.SQLITE_NULL => null,
                raw.SQLITE_INTEGER => SqliteNative.ValueInt64(value),
                raw.SQLITE_FLOAT => SqliteNative.ValueDouble(value),
                raw.SQLITE_TEXT => Text(encoding.IsUtf8 ? SqliteNative.Bytes(value) : SqliteNative.Utf16Bytes(value)),
                _ => SqliteNative.Bytes(value).ToArray(),
            };
        }
    }

    /// <summary>Lets go of the statement: from now on every value is NULL.</summary>
    public void Close() => _statement = 0;

    public RawValue Raw(int ordinal)
    {
        var value = SqliteNative.ColumnValue(_statement, ordinal);
        switch (SqliteNative.ValueType(value))
        {
            case raw.SQLITE_NULL:
                return default;
            case raw.SQLITE_INTEGER:
                return new RawValue(RawKind.Integer, SqliteNative.ValueInt64(value), 0, default);
            case raw.SQLITE_FLOAT:
                return new RawValue(RawKind.Float, 0, SqliteNative.ValueDouble(value), default);
            case raw.SQLITE_TEXT when encoding.IsUtf8:
                return new RawValue(RawKind.Text, 0, 0, SqliteNative.Bytes(value));
            case raw.SQLITE_TEXT:
                return Utf16(ordinal, SqliteNative.Utf16Bytes(value));
            default:
                return new RawValue(RawKind.Blob, 0, 0, SqliteNative.Bytes(value));
        }
    }

    private RawValue Utf16(int ordinal, ReadOnlySpan<byte> stored)
    {
        if (_transcoded.Length <= ordinal)
            Array.Resize(ref _transcoded, ordinal + 1);
        ref var buffer = ref _transcoded[ordinal];
        // One UTF-16 unit is at most three bytes of UTF-8.
        if (buffer is null || buffer.Length < stored.Length * 3 / 2)
            buffer = new byte[(stored.Length * 3 / 2) + 64];
        return encoding.TryToUtf8(stored, buffer, out var written)
            ? new RawValue(RawKind.Text, 0, 0, buffer.AsSpan(0, written))
            : new RawValue(RawKind.Blob, 0, 0, stored);
    }

    private object Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return encoding.Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return new InvalidText(bytes.ToArray());
        }
    }
}
