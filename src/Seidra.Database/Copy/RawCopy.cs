using Npgsql;

namespace Seidra.Database;

/// <summary>A whole binary COPY at once.</summary>
internal static class RawCopy
{
    /// <summary>Writes tuples by a COPY ... FROM STDIN (FORMAT BINARY).</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, string sql, ReadOnlyMemory<byte> tuples, CancellationToken cancel)
    {
        await using var copy = await connection.BeginRawBinaryCopyAsync(sql, cancel);
        await copy.WriteAsync(CopyFrame.Header, cancel);
        await copy.WriteAsync(tuples, cancel);
        await copy.WriteAsync(CopyFrame.Trailer, cancel);
    }
}
