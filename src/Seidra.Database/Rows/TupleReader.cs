using System.Buffers.Binary;

namespace Seidra.Database;

/// <summary>Walks the fields of one tuple of PostgreSQL's binary COPY.</summary>
internal ref struct TupleReader
{
    private readonly ReadOnlySpan<byte> _tuple;
    private int _next;
    private int _left;

    public TupleReader(ReadOnlySpan<byte> tuple)
    {
        _tuple = tuple;
        _next = sizeof(short);
        Count = _left = BinaryPrimitives.ReadInt16BigEndian(tuple);
        Field = default;
        IsNull = true;
    }

    /// <summary>The first field, which is the key.</summary>
    public static ReadOnlySpan<byte> Key(ReadOnlySpan<byte> tuple) =>
        tuple.Slice(sizeof(short) + sizeof(int), BinaryPrimitives.ReadInt32BigEndian(tuple[sizeof(short)..]));

    /// <summary>The number of fields.</summary>
    public int Count { get; }

    /// <summary>The field at hand; empty for NULL.</summary>
    public ReadOnlySpan<byte> Field { get; private set; }

    public bool IsNull { get; private set; }

    /// <summary>Goes to the next field; false behind the last one.</summary>
    public bool Next()
    {
        if (_left-- <= 0)
            return false;
        var length = BinaryPrimitives.ReadInt32BigEndian(_tuple[_next..]);
        _next += sizeof(int);
        IsNull = length < 0;
        Field = IsNull ? default : _tuple.Slice(_next, length);
        _next += Math.Max(0, length);
        return true;
    }
}
