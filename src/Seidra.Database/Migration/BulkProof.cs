namespace Seidra.Database;

/// <summary>Reads all copied rows back and compares them with what the chunks say was sent.</summary>
internal static class BulkProof
{
    /// <summary>The tables as they were proven; null where one differs, so that all rows must be compared one by one.</summary>
    public static async Task<IReadOnlyList<TableCheck>?> RunAsync(DatabaseEndpoint target, MigrationPlan plan, BulkResult sent, Action<string>? log, CancellationToken cancel)
    {
        var differences = await TargetReader.DifferencesAsync(target, plan, sent, cancel);
        foreach (var difference in differences)
            log?.Invoke(difference);
        return differences.Count > 0
            ? null
            : [.. sent.Tables.Select(table => new TableCheck(table.Name, table.SourceRows, table.PlacedRows, table.AsideRows, ChecksumEqual: true))];
    }
}
