using System.Data.Common;
using System.Text.Json;

namespace Seidra.Database;

/// <summary>The ranges of a table, cut once and noted: a later run finds its chunks by the same bounds.</summary>
internal static class TableRanges
{
    private const string Prefix = "ranges/";

    public static async Task<IReadOnlyList<KeyRange>> OfAsync(DbConnection target, IRowSource source, TablePlan table, int rowsPerRange, CancellationToken cancel)
    {
        var key = Prefix + table.Target;
        if (await LedgerState.GetAsync(target, key, cancel) is { } noted)
            return Ranges(JsonSerializer.Deserialize<string[]>(noted)!);
        var bounds = source.Split(table, rowsPerRange).Select(range => range.UpTo).OfType<string>().ToArray();
        await LedgerState.SetAsync(target, key, JsonSerializer.Serialize(bounds), cancel);
        return Ranges(bounds);
    }

    /// <summary>Whether all chunks of a table are in the ledger.</summary>
    public static async Task<bool> AreDoneAsync(DbConnection target, string table, CancellationToken cancel) =>
        await LedgerState.GetAsync(target, Prefix + table, cancel) is { } noted
        && (await ChunkLedger.ReadAsync(target, table, cancel)).Count == JsonSerializer.Deserialize<string[]>(noted)!.Length + 1;

    /// <summary>Forgets the ranges of a table.</summary>
    public static Task<bool> ForgetAsync(DbConnection target, string table, CancellationToken cancel) => LedgerState.RemoveAsync(target, Prefix + table, cancel);

    private static IReadOnlyList<KeyRange> Ranges(string[] bounds) =>
        [.. bounds.Select((bound, index) => new KeyRange(index == 0 ? null : bounds[index - 1], bound)), new KeyRange(bounds.Length == 0 ? null : bounds[^1], null)];
}
