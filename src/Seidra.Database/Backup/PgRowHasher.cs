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
    private const int RowsPerTick = 1024;

    /// <summary>Reads rows of the table once, one in memory at a time.</summary>
    /// <param name="connection">Inside the snapshot that is to be described, with <see cref="PgCatalog.CanonicalSettings"/>.</param>
    /// <param name="table">The table.</param>
    /// <param name="where">Which of its rows; empty for all.</param>
    /// <param name="ticker">Told the rows read, now and then.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static Task<RowChecksum> HashAsync(NpgsqlConnection connection, PgTable table, string where, ProgressTicker ticker, CancellationToken cancel) =>
        Task.Run(() => Hash(connection, table, where, ticker, cancel), cancel);

    // A blocking read, on a thread of its own: the driver hands out one row per read, and an awaited one costs twice the time.
    private static RowChecksum Hash(NpgsqlConnection connection, PgTable table, string where, ProgressTicker ticker, CancellationToken cancel)
    {
        var copy = $"COPY (SELECT {table.SelectList} FROM ONLY {table.Sql} {where}) TO STDOUT (FORMAT BINARY)";
        using var stream = connection.BeginRawBinaryCopy(copy);
        using var stop = cancel.Register(stream.Cancel);
        try
        {
            return Hash(stream, table, ticker);
        }
        catch (Exception error) when (error is not OperationCanceledException && cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(error.Message, error, cancel);
        }
    }

    private static RowChecksum Hash(NpgsqlRawCopyStream stream, PgTable table, ProgressTicker ticker)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(StartBufferBytes);
        try
        {
            var checksum = default(RowChecksum);
            int start = 0, end = 0;
            var told = 0L;
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

                if (checksum.Rows - told >= RowsPerTick || used < 0)
                {
                    ticker.Add(checksum.Rows - told);
                    told = checksum.Rows;
                }

                if (used < 0)
                    return checksum;
                if (end == buffer.Length || start == end)
                    (buffer, start, end) = MakeRoom(buffer, start, end);
                var read = stream.Read(buffer.AsSpan(end));
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
