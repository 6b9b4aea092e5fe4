using System.Collections.Concurrent;
using Npgsql;

namespace Seidra.Database;

/// <summary>
/// Counts and checksums of all tables, read on several connections at once. A large table is cut into ranges of blocks: the
/// sum does not ask for an order, so one large table keeps all connections busy too.
/// </summary>
internal static class PgChecksums
{
    /// <summary>64 MiB at the usual block size.</summary>
    private const long RangeBlocks = 8192;

    /// <summary>Reads the tables.</summary>
    /// <param name="readers">Connections that all see the same rows, with <see cref="PgCatalog.CanonicalSettings"/>.</param>
    /// <param name="tables">What to read.</param>
    /// <param name="ticker">Told the rows.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <param name="rangeBlocks">Blocks of one range.</param>
    /// <returns>One per table, in their order.</returns>
    public static async Task<IReadOnlyList<BackupTable>> ReadAsync(
        IReadOnlyList<NpgsqlConnection> readers, IReadOnlyList<PgTable> tables, ProgressTicker ticker, CancellationToken cancel, long rangeBlocks = RangeBlocks)
    {
        var ranges = new ConcurrentQueue<(int Table, string Where)>(
            tables.SelectMany((table, number) => Ranges(table.Blocks, rangeBlocks).Select(where => (number, where))));
        var sums = new RowChecksum[tables.Count];
        // The first failure cancels the other readers and is the one that is thrown.
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = readers.Count, CancellationToken = cancel };
        await Parallel.ForEachAsync(readers, parallel, async (reader, stop) =>
        {
            while (ranges.TryDequeue(out var range))
            {
                var sum = await PgRowHasher.HashAsync(reader, tables[range.Table], range.Where, ticker, stop);
                lock (sums)
                    sums[range.Table].Add(sum);
            }
        });
        ticker.Complete();
        return [.. tables.Select((table, number) => new BackupTable(table.Display, sums[number].Rows, sums[number].Sum))];
    }

    private static IEnumerable<string> Ranges(long blocks, long size)
    {
        if (blocks <= size)
            return [""];
        // The last range is open: what is counted as blocks was the size at one moment.
        var starts = Enumerable.Range(0, checked((int)(blocks / size))).Select(number => number * size).ToList();
        return starts.Select(start => start == starts[^1]
            ? $"WHERE ctid >= '({start},0)'"
            : $"WHERE ctid >= '({start},0)' AND ctid < '({start + size},0)'");
    }
}
