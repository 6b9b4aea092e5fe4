using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Seidra.Database;

/// <summary>One tuple of a COPY from PostgreSQL.</summary>
internal sealed class CopyRow(CopyTuples tuples, PostgresColumn[] columns, int key) : IRawRow
{
    /// <summary>Text for all but a numeric key: the values that converters have always been given of PostgreSQL.</summary>
    public object? this[int ordinal]
    {
        get
        {
            if (tuples.IsNull(ordinal))
                return null;
            var field = tuples.Field(ordinal);
            return columns[ordinal].Form switch
            {
                PostgresForm.Integer when ordinal == key => Integer(field),
                PostgresForm.Integer => Integer(field).ToString(CultureInfo.InvariantCulture),
                PostgresForm.Boolean => field[0] != 0 ? "true" : "false",
                PostgresForm.Float => PostgresNumber.Text(BinaryPrimitives.ReadDoubleBigEndian(field)),
                PostgresForm.Timestamp => PostgresTime.Text(BinaryPrimitives.ReadInt64BigEndian(field), zoned: false),
                PostgresForm.TimestampZoned => PostgresTime.Text(BinaryPrimitives.ReadInt64BigEndian(field), zoned: true),
                _ => Encoding.UTF8.GetString(field),
            };
        }
    }

    public RawValue Raw(int ordinal)
    {
        if (tuples.IsNull(ordinal))
            return default;
        var field = tuples.Field(ordinal);
        switch (columns[ordinal].Form)
        {
            case PostgresForm.Integer:
                return new RawValue(RawKind.Integer, Integer(field), 0, default);
            case PostgresForm.Boolean:
                return new RawValue(RawKind.Boolean, field[0], 0, default);
            case PostgresForm.Float:
                return new RawValue(RawKind.Float, 0, BinaryPrimitives.ReadDoubleBigEndian(field), default);
            case PostgresForm.Timestamp or PostgresForm.TimestampZoned:
                var moment = BinaryPrimitives.ReadInt64BigEndian(field);
                return moment is PostgresTime.Infinity or PostgresTime.MinusInfinity
                    ? new RawValue(RawKind.Text, 0, 0, moment == PostgresTime.Infinity ? "infinity"u8 : "-infinity"u8)
                    : new RawValue(RawKind.Timestamp, moment, 0, default);
            default:
                return new RawValue(RawKind.Text, 0, 0, field);
        }
    }

    private static long Integer(ReadOnlySpan<byte> field) => field.Length switch
    {
        sizeof(int) => BinaryPrimitives.ReadInt32BigEndian(field),
        sizeof(long) => BinaryPrimitives.ReadInt64BigEndian(field),
        _ => BinaryPrimitives.ReadInt16BigEndian(field),
    };
}
