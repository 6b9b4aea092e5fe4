using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Seidra.Database;

/// <summary>Adds tagged values with their lengths to a hash, so that no two different rows have the same bytes.</summary>
internal static class HashWriter
{
    public static void Tag(this XxHash128 hash, byte tag) => hash.Append([tag]);

    public static void Number(this XxHash128 hash, byte tag, long number)
    {
        Span<byte> bytes = stackalloc byte[9];
        bytes[0] = tag;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], number);
        hash.Append(bytes);
    }

    public static void Bytes(this XxHash128 hash, byte tag, ReadOnlySpan<byte> value)
    {
        Number(hash, tag, value.Length);
        hash.Append(value);
    }

    /// <summary>Text by its UTF-16 units: within one process and between little-endian machines the same.</summary>
    public static void Text(this XxHash128 hash, string? value)
    {
        if (value is null)
            hash.Tag(ValueTags.Null);
        else
            hash.Bytes(ValueTags.Text, MemoryMarshal.AsBytes(value.AsSpan()));
    }
}
