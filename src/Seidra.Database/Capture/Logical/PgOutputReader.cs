using System.Buffers.Binary;
using System.Text;

namespace Seidra.Database;

/// <summary>Reads the fields of one pgoutput message and never beyond its end.</summary>
internal ref struct PgOutputReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;

    /// <summary>Where in the message the next field starts, in bytes.</summary>
    public int At { get; private set; }

    public readonly bool IsAtEnd => At == _message.Length;

    public byte Byte() => Take(1, "a byte")[0];

    public short Int16() => BinaryPrimitives.ReadInt16BigEndian(Take(2, "a 16-bit number"));

    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Take(4, "a 32-bit number"));

    public uint Oid() => BinaryPrimitives.ReadUInt32BigEndian(Take(4, "an object id"));

    public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Take(8, "a 64-bit number"));

    public ulong Lsn() => BinaryPrimitives.ReadUInt64BigEndian(Take(8, "a WAL position"));

    /// <summary>So many bytes.</summary>
    public ReadOnlySpan<byte> Bytes() => Take(Int32(), "the bytes of a value");

    /// <summary>Bytes up to a zero, without it.</summary>
    public ReadOnlySpan<byte> Text()
    {
        var length = _message[At..].IndexOf((byte)0);
        var text = Take(length < 0 ? -1 : length, "a text that ends in a zero byte");
        At++;
        return text;
    }

    public string String() => Encoding.UTF8.GetString(Text());

    /// <summary>An error that says where.</summary>
    public readonly DatabaseException Error(string expected) => new(
        $"Expected {expected} at byte {At} of a pgoutput message '{Name}' of {_message.Length} bytes, found {Found}. The stream is damaged or of a version that is not known; run the same command again, or take triggers instead of logical replication.");

    private readonly string Name => _message.Length > 0 && _message[0] is > 32 and < 127 ? $"{(char)_message[0]}" : "?";

    private readonly string Found => At < _message.Length ? $"byte 0x{_message[At]:x2} and {_message.Length - At - 1} more" : "its end";

    private ReadOnlySpan<byte> Take(int length, string what)
    {
        if (length < 0 || length > _message.Length - At)
            throw Error(what);
        var taken = _message.Slice(At, length);
        At += length;
        return taken;
    }
}
