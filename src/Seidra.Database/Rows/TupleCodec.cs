using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Seidra.Database;

/// <summary>Values of Ultimate and their fields in a tuple, whose bytes are the same whichever engine holds the row.</summary>
internal static class TupleCodec
{
    /// <summary>How Ultimate's ORM writes a time into SQLite.</summary>
    public const string TimeFormat = "yyyy-MM-dd HH:mm:ss.ffffff";

    /// <summary>The hash by which rows are compared.</summary>
    public static UInt128 Hash(ReadOnlySpan<byte> tuple) => XxHash128.HashToUInt128(tuple);

    /// <summary>Appends a value: null, long, double, bool, DateTime or string.</summary>
    public static void Append(FieldBuffer into, object? value)
    {
        switch (value)
        {
            case null:
                into.Null();
                break;
            case long number:
                into.Integer((int)number);
                break;
            case double number:
                into.Float(number);
                break;
            case bool flag:
                into.Boolean(flag);
                break;
            case DateTime moment:
                into.Timestamp(PostgresTime.Of(moment));
                break;
            default:
                into.Text((string)value);
                break;
        }
    }

    /// <summary>The values of a tuple: null, long, double, bool, DateTime or string, by the type of each column.</summary>
    public static object?[] Decode(ReadOnlySpan<byte> tuple, IReadOnlyList<TargetColumn> columns)
    {
        var values = new object?[columns.Count];
        var reader = new TupleReader(tuple);
        for (var index = 0; reader.Next(); index++)
            values[index] = reader.IsNull ? null : Decode(reader.Field, columns[index].Type);
        return values;
    }

    /// <summary>The value of a field that is not NULL.</summary>
    public static object Decode(ReadOnlySpan<byte> field, TargetType type) => type switch
    {
        TargetType.Integer => (long)BinaryPrimitives.ReadInt32BigEndian(field),
        TargetType.Float => BinaryPrimitives.ReadDoubleBigEndian(field),
        TargetType.Boolean => field[0] != 0,
        TargetType.Timestamp when BinaryPrimitives.ReadInt64BigEndian(field) is var moment => PostgresTime.IsDateTime(moment) ? PostgresTime.Read(moment) : PostgresTime.Text(moment, zoned: false),
        _ => Encoding.UTF8.GetString(field),
    };

    /// <summary>A value of a tuple as Ultimate's ORM keeps it in SQLite.</summary>
    public static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        bool flag => flag ? 1L : 0L,
        DateTime moment => moment.ToString(TimeFormat, CultureInfo.InvariantCulture),
        _ => value,
    };

    /// <summary>
    /// Appends a value read from a SQLite file of Ultimate's, so that the same row gives the same bytes as on PostgreSQL. What
    /// is not of the column's type, which Ultimate itself never writes, gives bytes that no right value has.
    /// </summary>
    public static void AppendStored(FieldBuffer into, in RawValue value, TargetType type)
    {
        switch (value.Kind)
        {
            case RawKind.Null:
                into.Null();
                break;
            case RawKind.Integer when type == TargetType.Integer && value.Number is >= int.MinValue and <= int.MaxValue:
                into.Integer((int)value.Number);
                break;
            case RawKind.Integer when type == TargetType.Boolean && value.Number is 0 or 1:
                into.Boolean(value.Number == 1);
                break;
            case RawKind.Integer when type == TargetType.Float:
                into.Float(value.Number);
                break;
            case RawKind.Integer:
                into.Text(value.Number.ToString(CultureInfo.InvariantCulture));
                break;
            case RawKind.Float when type == TargetType.Float:
                into.Float(value.Real);
                break;
            case RawKind.Float:
                into.Text(value.Real.ToString("R", CultureInfo.InvariantCulture));
                break;
            case RawKind.Text when type == TargetType.Timestamp && TimestampText.Read(Encoding.UTF8.GetString(value.Bytes)) is { } moment:
                into.Timestamp(PostgresTime.Of(moment));
                break;
            default:
                into.Bytes(value.Bytes);
                break;
        }
    }
}
