using System.Data.Common;
using System.Globalization;

namespace Seidra.Database;

/// <summary>A chunk that is in the target.</summary>
/// <param name="Range">Its range; the bounds as <see cref="LedgerText.Key"/> writes them, empty for none.</param>
/// <param name="SourceRows">Rows of Classic that were looked at.</param>
/// <param name="PlacedRows">Rows placed, the demo account included.</param>
/// <param name="AsideRows">Rows in quarantine.</param>
/// <param name="Sum">Sum of the hashes of the placed rows without the demo account.</param>
internal sealed record ChunkEntry(ChunkRange Range, long SourceRows, long PlacedRows, long AsideRows, UInt128 Sum);

/// <summary>A range as the ledger names it.</summary>
internal readonly record struct ChunkRange(string From, string To)
{
    public static ChunkRange Of(KeyRange range) => new(Bound(range.After), Bound(range.UpTo));

    private static string Bound(string? bound) => bound is null ? "" : LedgerText.Key(bound);
}

/// <summary>Which chunks are in the target, one row each, committed with their rows.</summary>
internal static class ChunkLedger
{
    private const string Columns = "table_name, range_from, range_to, source_rows, placed_rows, aside_rows, checksum";

    /// <summary>The chunks of a table.</summary>
    public static async Task<IReadOnlyList<ChunkEntry>> ReadAsync(DbConnection connection, string table, CancellationToken cancel)
    {
        await using var command = connection.Sql($"SELECT {Columns} FROM {LedgerSchema.Chunks} WHERE table_name = @table", ("table", table));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var chunks = new List<ChunkEntry>();
        while (await reader.ReadAsync(cancel))
        {
            chunks.Add(new ChunkEntry(
                new ChunkRange(reader.GetString(1), reader.GetString(2)),
                reader.GetInt64(3),
                reader.GetInt64(4),
                reader.GetInt64(5),
                HashBytes.Read(reader.GetFieldValue<byte[]>(6))));
        }

        return chunks;
    }

    /// <summary>Notes a chunk; it must be in the same transaction as the chunk's rows, and fails where the chunk is there already.</summary>
    public static async Task AddAsync(DbConnection connection, string table, ChunkEntry chunk, CancellationToken cancel)
    {
        await using var command = connection.Sql(
            $"INSERT INTO {LedgerSchema.Chunks} ({Columns}) VALUES (@table, @from, @to, @source, @placed, @aside, @sum)",
            ("table", table),
            ("from", chunk.Range.From),
            ("to", chunk.Range.To),
            ("source", chunk.SourceRows),
            ("placed", chunk.PlacedRows),
            ("aside", chunk.AsideRows),
            ("sum", HashBytes.Of(chunk.Sum)));
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>How many of the placed rows are Ultimate's own: the demo account.</summary>
    public static async Task<long> OwnAsync(DbConnection connection, string table, CancellationToken cancel) =>
        long.Parse(await LedgerState.GetAsync(connection, OwnKey(table), cancel) ?? "0", CultureInfo.InvariantCulture);

    /// <summary>Notes rows of Ultimate's own; in the same transaction as the chunk.</summary>
    public static async Task AddOwnAsync(DbConnection connection, string table, long rows, CancellationToken cancel)
    {
        if (rows > 0)
            await LedgerState.SetAsync(connection, OwnKey(table), rows.ToString(CultureInfo.InvariantCulture), cancel);
    }

    /// <summary>Forgets the chunks of a table, and everything that was noted with them but the numbers that were given.</summary>
    public static async Task ForgetAsync(DbConnection connection, string table, CancellationToken cancel)
    {
        await LedgerState.RemoveAsync(connection, OwnKey(table), cancel);
        foreach (var ledger in LedgerSchema.All.Where(name => name is not (LedgerSchema.State or LedgerSchema.Keys)))
        {
            await using var command = connection.Sql($"DELETE FROM {ledger} WHERE table_name = @table", ("table", table));
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    private static string OwnKey(string table) => $"own/{table}";
}
