using System.Buffers.Binary;
using System.Globalization;

namespace Seidra.Database;

/// <summary>Carries tuples of binary COPY to a SQLite statement, with values as Ultimate's ORM stores them.</summary>
internal static class SqliteTuples
{
    /// <summary>Binds all fields of a tuple.</summary>
    public static void Bind(BoundStatement statement, TargetTable table, ReadOnlySpan<byte> tuple)
    {
        var reader = new TupleReader(tuple);
        for (var index = 0; reader.Next(); index++)
        {
            if (reader.IsNull)
                statement.BindNull(index + 1);
            else
                Bind(statement, index + 1, table.Columns[index].Type, reader.Field);
        }
    }

    private static void Bind(BoundStatement statement, int index, TargetType type, ReadOnlySpan<byte> field)
    {
        switch (type)
        {
            case TargetType.Integer:
                statement.Bind(index, BinaryPrimitives.ReadInt32BigEndian(field));
                break;
            case TargetType.Float:
                statement.Bind(index, BinaryPrimitives.ReadDoubleBigEndian(field));
                break;
            case TargetType.Boolean:
                statement.Bind(index, (long)field[0]);
                break;
            case TargetType.Timestamp when TupleCodec.Decode(field, type) is DateTime moment:
                Span<byte> text = stackalloc byte[32];
                moment.TryFormat(text, out var written, TupleCodec.TimeFormat, CultureInfo.InvariantCulture);
                statement.BindText(index, text[..written]);
                break;
            default:
                statement.BindText(index, field);
                break;
        }
    }
}
