using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Seidra.Database;

/// <summary>
/// PostgreSQL's binary COPY around and between tuples: a header of 19 bytes, per tuple an int16 field count and per field an
/// int32 length (-1 for NULL) with its bytes, a trailer of -1 (PostgreSQL manual, COPY, "Binary Format").
/// </summary>
internal static class CopyFrames
{
    private const int HeaderLength = 19;
    private const int BufferLength = 64 * 1024;
    private static readonly byte[] _header = [.. "PGCOPY\n"u8, 0xFF, 0x0D, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly byte[] _trailer = [0xFF, 0xFF];

    /// <summary>Writes a whole stream of tuples; the caller closes it, which completes the COPY.</summary>
    public static async Task WriteAsync(Stream stream, IReadOnlyList<RowImage> rows, CancellationToken cancel)
    {
        var buffer = new byte[BufferLength];
        _header.CopyTo(buffer, 0);
        var filled = HeaderLength;
        foreach (var row in rows)
        {
            if (filled + row.Tuple.Length > buffer.Length)
            {
                await stream.WriteAsync(buffer.AsMemory(0, filled), cancel);
                filled = 0;
            }

            if (row.Tuple.Length > buffer.Length)
            {
                await stream.WriteAsync(row.Tuple, cancel);
                continue;
            }

            row.Tuple.CopyTo(buffer.AsMemory(filled));
            filled += row.Tuple.Length;
        }

        await stream.WriteAsync(buffer.AsMemory(0, filled), cancel);
        await stream.WriteAsync(_trailer, cancel);
    }

    /// <summary>Reads a whole stream of tuples and hands out key and hash of each.</summary>
    public static async Task ReadAsync(Stream stream, bool numericKey, Action<KeyId, UInt128> see, CancellationToken cancel)
    {
        var buffer = new byte[BufferLength];
        var (start, end) = (0, 0);
        var skip = HeaderLength;
        while (true)
        {
            if (skip > 0 && end - start >= skip)
                (start, skip) = (start + skip, 0);
            while (skip == 0 && Tuple(buffer.AsSpan(start, end - start)) is var length and not 0)
            {
                if (length < 0)
                    return;
                var tuple = buffer.AsSpan(start, length);
                see(Key(tuple, numericKey), XxHash128.HashToUInt128(tuple));
                start += length;
            }

            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            if (end == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancel);
            if (read == 0)
                throw new EndOfStreamException("The rows that were read back ended in the middle.");
            end += read;
        }
    }

    private static KeyId Key(ReadOnlySpan<byte> tuple, bool numeric)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(tuple[2..]);
        return numeric
            ? new KeyId(BinaryPrimitives.ReadInt32BigEndian(tuple[6..]), null)
            : new KeyId(0, Encoding.UTF8.GetString(tuple.Slice(6, length)));
    }

    /// <summary>The length of the first tuple; 0 where it is not whole yet, -1 for the trailer.</summary>
    private static int Tuple(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2)
            return 0;
        var fields = BinaryPrimitives.ReadInt16BigEndian(bytes);
        if (fields < 0)
            return -1;
        var length = 2;
        for (var field = 0; field < fields; field++)
        {
            if (bytes.Length < length + 4)
                return 0;
            length += 4 + Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(bytes[length..]));
        }

        return bytes.Length < length ? 0 : length;
    }
}
