using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Seidra.Database;

/// <summary>Rows of one of the ledger's tables, collected as PostgreSQL's binary COPY has them.</summary>
internal sealed class TupleList
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>The tuples.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Begins a tuple of so many fields.</summary>
    public TupleList Tuple(short fields)
    {
        BinaryPrimitives.WriteInt16BigEndian(_bytes.GetSpan(2), fields);
        _bytes.Advance(2);
        return this;
    }

    /// <summary>A text; what PostgreSQL cannot store in it is replaced.</summary>
    public TupleList Text(string? text)
    {
        if (text is null)
            return Length(-1);
        text = LedgerText.Plain(text);
        Length(Encoding.UTF8.GetByteCount(text));
        _bytes.Advance(Encoding.UTF8.GetBytes(text, _bytes.GetSpan(text.Length * 3)));
        return this;
    }

    /// <summary>An integer of 32 bits.</summary>
    public TupleList Integer(int value) => Length(4).Length(value);

    /// <summary>A hash as 16 bytes.</summary>
    public TupleList Hash(UInt128 hash)
    {
        Length(16);
        BinaryPrimitives.WriteUInt128BigEndian(_bytes.GetSpan(16), hash);
        _bytes.Advance(16);
        return this;
    }

    public void Clear() => _bytes.ResetWrittenCount();

    private TupleList Length(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(4), value);
        _bytes.Advance(4);
        return this;
    }
}
