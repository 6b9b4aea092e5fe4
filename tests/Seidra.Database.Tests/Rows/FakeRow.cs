using System.Globalization;
using System.Text;

namespace Seidra.Database.Tests.Rows;

/// <summary>
/// A row of given values: null, long, double, string, byte[] and <see cref="InvalidText"/> as SQLite has them, and the types
/// below as PostgreSQL has them.
/// </summary>
internal sealed class FakeRow(params object?[] values) : IRawRow
{
    private readonly byte[]?[] _bytes = [.. values.Select(value => value switch
    {
        string text => Encoding.UTF8.GetBytes(text),
        byte[] bytes => bytes,
        InvalidText text => text.Bytes,
        _ => null,
    })];

    public sealed record PgBoolean(bool Value);

    public sealed record PgTimestamp(long Value, bool Zoned);

    public sealed record PgInteger(long Value);

    public sealed record PgFloat(double Value);

    public object?[] Values => values;

    public object? this[int ordinal] => values[ordinal] switch
    {
        PgBoolean flag => flag.Value ? "true" : "false",
        PgTimestamp moment => PostgresTime.Text(moment.Value, moment.Zoned),
        PgInteger number => number.Value.ToString(CultureInfo.InvariantCulture),
        PgFloat number => number.Value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e'),
        var value => value,
    };

    public RawValue Raw(int ordinal) => values[ordinal] switch
    {
        null => default,
        long number => new RawValue(RawKind.Integer, number, 0, default),
        double number => new RawValue(RawKind.Float, 0, number, default),
        PgBoolean flag => new RawValue(RawKind.Boolean, flag.Value ? 1 : 0, 0, default),
        PgTimestamp moment => new RawValue(RawKind.Timestamp, moment.Value, 0, default),
        PgInteger number => new RawValue(RawKind.Integer, number.Value, 0, default),
        PgFloat number => new RawValue(RawKind.Float, 0, number.Value, default),
        byte[] => new RawValue(RawKind.Blob, 0, 0, _bytes[ordinal]),
        // Text that is not well-formed comes as it is from a UTF-8 file.
        _ => new RawValue(RawKind.Text, 0, 0, _bytes[ordinal]),
    };

    public override string ToString() => string.Join(" | ", values.Select(value => value switch
    {
        null => "∅",
        byte[] bytes => Convert.ToHexString(bytes),
        InvalidText text => $"!{Convert.ToHexString(text.Bytes)}",
        _ => $"{value.GetType().Name}:{value}",
    }));
}
