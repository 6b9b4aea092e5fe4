using System.Buffers.Binary;
using System.Text;

namespace Seidra.Database;

/// <summary>
/// Fields as PostgreSQL's binary COPY has them (int32 length, -1 for NULL, then the bytes), one behind the other in a buffer
/// that grows.
/// </summary>
internal sealed class FieldBuffer
{
    private const int LengthBytes = sizeof(int);
    private byte[] _bytes = new byte[4096];

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Forgets what lies behind <paramref name="length"/>.</summary>
    public void Cut(int length) => Length = length;

    /// <summary>Room behind what is written; it counts by <see cref="Advance"/>.</summary>
    public Span<byte> Room(int size)
    {
        if (_bytes.Length - Length < size)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + size));
        return _bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    /// <summary>The number of fields, which stands before a tuple.</summary>
    public void Count(int fields)
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(sizeof(short)), (short)fields);
        Length += sizeof(short);
    }

    public void Null()
    {
        BinaryPrimitives.WriteInt32BigEndian(Room(LengthBytes), -1);
        Length += LengthBytes;
    }

    public void Integer(int value)
    {
        var room = Room(LengthBytes + sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(room, sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(room[LengthBytes..], value);
        Length += LengthBytes + sizeof(int);
    }

    /// <summary>Microseconds since 2000-01-01.</summary>
    public void Timestamp(long value)
    {
        var room = Room(LengthBytes + sizeof(long));
        BinaryPrimitives.WriteInt32BigEndian(room, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(room[LengthBytes..], value);
        Length += LengthBytes + sizeof(long);
    }

    /// <summary>-0.0 and 0.0 are one number to every reader, and SQLite keeps no difference.</summary>
    public void Float(double value) => Timestamp(BitConverter.DoubleToInt64Bits(value == 0 ? 0 : value));

    public void Boolean(bool value)
    {
        var room = Room(LengthBytes + 1);
        BinaryPrimitives.WriteInt32BigEndian(room, 1);
        room[LengthBytes] = value ? (byte)1 : (byte)0;
        Length += LengthBytes + 1;
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        var room = Room(LengthBytes + value.Length);
        BinaryPrimitives.WriteInt32BigEndian(room, value.Length);
        value.CopyTo(room[LengthBytes..]);
        Length += LengthBytes + value.Length;
    }

    public void Text(ReadOnlySpan<char> value)
    {
        var start = Begin();
        AppendText(value);
        End(start);
    }

    /// <summary>Begins a field whose length is not known yet.</summary>
    public int Begin()
    {
        Room(LengthBytes);
        Length += LengthBytes;
        return Length;
    }

    /// <summary>Ends it.</summary>
    /// <param name="start">What <see cref="Begin"/> gave.</param>
    public void End(int start) => BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(start - LengthBytes), Length - start);

    /// <summary>Takes back the field begun.</summary>
    /// <param name="start">What <see cref="Begin"/> gave.</param>
    public void Undo(int start) => Length = start - LengthBytes;

    /// <summary>Opens the field written last again, to write on behind it.</summary>
    /// <param name="field">Where it begins, its length included.</param>
    /// <returns>What <see cref="End"/> wants.</returns>
    public static int Reopen(int field) => field + LengthBytes;

    /// <summary>Whether the field at a place is NULL.</summary>
    public bool IsNull(int field) => BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(field)) < 0;

    /// <summary>The bytes of the field at a place.</summary>
    public ReadOnlySpan<byte> Field(int field) => _bytes.AsSpan(field + LengthBytes, BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(field)));

    /// <summary>Appends a field that is written already.</summary>
    public void Repeat(FieldBuffer from, int field)
    {
        var length = LengthBytes + Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(from._bytes.AsSpan(field)));
        Room(length);
        from._bytes.AsSpan(field, length).CopyTo(_bytes.AsSpan(Length));
        Length += length;
    }

    /// <summary>Text that belongs to the field begun last.</summary>
    public void AppendText(ReadOnlySpan<char> value) => Length += Encoding.UTF8.GetBytes(value, Room(Encoding.UTF8.GetMaxByteCount(value.Length)));

    /// <summary>Bytes that belong to the field begun last.</summary>
    public void Append(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Room(value.Length));
        Length += value.Length;
    }
}
