using System.IO.Hashing;
using System.Text;
using SQLitePCL;

namespace Seidra.Database;

/// <summary>
/// The row a SQLite statement stands on, read from the engine's own buffers: the driver would replace bytes that are no text
/// without a word.
/// </summary>
internal sealed class SqliteRow(sqlite3_stmt statement, int count, Encoding strict) : ISourceRow
{
    public object? this[int ordinal] => raw.sqlite3_column_type(statement, ordinal) switch
    {
        raw.SQLITE_NULL => null,
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, ordinal),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, ordinal),
        raw.SQLITE_TEXT => Text(raw.sqlite3_column_blob(statement, ordinal)),
        _ => raw.sqlite3_column_blob(statement, ordinal).ToArray(),
    };

    public void AppendTo(XxHash128 hash)
    {
        for (var ordinal = 0; ordinal < count; ordinal++)
        {
            switch (raw.sqlite3_column_type(statement, ordinal))
            {
                case raw.SQLITE_NULL:
                    hash.Tag(ValueTags.Null);
                    break;
                case raw.SQLITE_INTEGER:
                    hash.Number(ValueTags.Number, raw.sqlite3_column_int64(statement, ordinal));
                    break;
                case raw.SQLITE_FLOAT:
                    hash.Number(ValueTags.Float, BitConverter.DoubleToInt64Bits(raw.sqlite3_column_double(statement, ordinal)));
                    break;
                case raw.SQLITE_TEXT:
                    hash.Bytes(ValueTags.Text, raw.sqlite3_column_blob(statement, ordinal));
                    break;
                default:
                    hash.Bytes(ValueTags.Blob, raw.sqlite3_column_blob(statement, ordinal));
                    break;
            }
        }
    }

    private object Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return new InvalidText(bytes.ToArray());
        }
    }
}
