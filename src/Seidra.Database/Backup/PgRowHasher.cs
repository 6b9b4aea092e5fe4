using System.Buffers;
using System.Buffers.Binary;
using Npgsql;

namespace Seidra.Database;

/// <summary>
/// Checksum of a table of PostgreSQL over the bytes of its rows in the binary COPY format (manual: sql-copy, "Binary
/// Format"), which the server sends without building text and which are equal on every server and architecture.
/// </summary>
internal static class PgRowHasher
{
    private const int SignatureBytes = 11;
    private const int HeaderBytes = SignatureBytes + 4 + 4;
    private const int StartBufferBytes = 1 << 16;

    /// <summary>Reads the table once, one row in memory at a time.</summary>
    /// <param name="connection">Inside the snapshot that is to be described, with <see cref="PgCatalog.CanonicalSettings"/>.</param>
    /// <param name="table">The table.</param>
    /// <param name="counted">Told the rows read so far, now and then.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static async Task<BackupTable> HashAsync(NpgsqlConnection connection, PgTable table, Action<long>? counted, CancellationToken cancel)
    {
        var copy = $"COPY (SELECT {table.SelectList} FROM ONLY {table.Sql}) TO STDOUT (FORMAT BINARY)";
        await using var stream = await connection.BeginRawBinaryCopyAsync(copy, cancel);
        var buffer = ArrayPool<byte>.Shared.Rent(StartBufferBytes);
        try
        {
            var checksum = default(RowChecksum);
            int start = 0, end = 0;
            var header = false;
            while (true)
            {
                int used;
                while ((used = header ? RowLength(buffer.AsSpan(start, end - start)) : HeaderLength(buffer.AsSpan(start, end - start))) > 0)
                {
                    if (header)
                        checksum.Add(buffer.AsSpan(start, used));
                    header = true;
                    start += used;
                }

                if (used < 0)
                    return new BackupTable(table.Display, checksum.Rows, checksum.Sum);
                counted?.Invoke(checksum.Rows);
                (buffer, start, end) = MakeRoom(buffer, start, end);
                var read = await stream.ReadAsync(buffer.AsMemory(end), cancel);
                if (read == 0)
                    throw new DatabaseException($"The server ended the rows of {table.Display} without an end mark after {checksum.Rows} rows. Repeat the step.");
                end += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int HeaderLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes)
            return 0;
        var length = HeaderBytes + BinaryPrimitives.ReadInt32BigEndian(bytes[(SignatureBytes + 4)..]);
        return bytes.Length < length ? 0 : length;
    }

    /// <summary>Length of the first row; 0 when it is not whole yet, -1 at the end mark.</summary>
    private static int RowLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2)
            return 0;
        var fields = BinaryPrimitives.ReadInt16BigEndian(bytes);
        if (fields < 0)
            return -1;
        var position = 2;
        for (var field = 0; field < fields; field++)
        {
            if (bytes.Length < position + 4)
                return 0;
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes[position..]);
            position += 4 + Math.Max(0, length);
        }

        return bytes.Length < position ? 0 : position;
    }

    /// <summary>Moves what is left to the front, and takes a larger buffer when one row fills the whole.</summary>
    private static (byte[] Buffer, int Start, int End) MakeRoom(byte[] buffer, int start, int end)
    {
        var left = end - start;
        if (left * 2 <= buffer.Length)
        {
            buffer.AsSpan(start, left).CopyTo(buffer);
            return (buffer, 0, left);
        }

        var larger = ArrayPool<byte>.Shared.Rent(checked(buffer.Length * 2));
        buffer.AsSpan(start, left).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return (larger, 0, left);
    }
}
