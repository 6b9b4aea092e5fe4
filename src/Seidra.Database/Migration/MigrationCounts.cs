using System.Data.Common;
using System.Globalization;

namespace Seidra.Database;

/// <summary>Counts in Ultimate's database, without a look at Classic.</summary>
internal static class MigrationCounts
{
    /// <summary>Rows of each table, nothing compared.</summary>
    public static async Task<IReadOnlyList<TableCheck>> TablesAsync(DatabaseEndpoint target, MigrationPlan plan, CancellationToken cancel)
    {
        await using var ledger = await BulkCopy.OpenAsync(target, cancel);
        var checks = new List<TableCheck>();
        foreach (var table in plan.Tables)
        {
            var placed = await TargetGuard.RowsAsync(ledger, TargetTable.Of(table), cancel);
            var aside = await NumberAsync(ledger, $"SELECT count(*) FROM {LedgerSchema.Quarantine} WHERE table_name = {SqlName.Literal(table.Target)}", cancel);
            checks.Add(new TableCheck(table.Target, placed + aside, placed, aside, ChecksumEqual: false));
        }

        return checks;
    }

    /// <summary>Rows of the quarantine or the notes by reason.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> ReasonsAsync(DatabaseEndpoint target, string table, CancellationToken cancel)
    {
        await using var ledger = await BulkCopy.OpenAsync(target, cancel);
        await using var command = ledger.Sql($"SELECT reason, count(*) FROM {table} GROUP BY reason ORDER BY reason");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancel))
            counts[reader.GetString(0)] = reader.GetInt64(1);
        return counts;
    }

    private static async Task<long> NumberAsync(DbConnection ledger, string sql, CancellationToken cancel)
    {
        await using var command = ledger.Sql(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
    }
}
