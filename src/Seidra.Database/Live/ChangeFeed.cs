namespace Seidra.Database;

/// <summary>
/// Ties what was copied to the capture that has noted every change since: by an epoch that stands in both databases. Where the
/// tie is broken, nothing can be followed and the copy begins again.
/// </summary>
internal static class ChangeFeed
{
    /// <summary>The tables of Classic whose changes are followed.</summary>
    public static IReadOnlyList<CapturedTable> Tables(MigrationPlan plan) =>
        [.. plan.Tables.Where(table => table.Derived is null).Select(table => new CapturedTable(table.Source, table.SourceColumns[table.Binding.Key].Name))];

    /// <summary>Opens the capture that belongs to the target's rows; null where there is none.</summary>
    public static async Task<IChangeCapture?> FindAsync(DatabaseEndpoint source, DatabaseEndpoint target, MigrationPlan plan, CancellationToken cancel)
    {
        await using var ledger = await BulkCopy.OpenAsync(target, cancel);
        var epoch = await LedgerState.GetAsync(ledger, LedgerState.Epoch, cancel);
        if (epoch is null || !await ChangeCapture.IsContinuousAsync(source, Tables(plan), epoch, cancel))
            return null;
        return await ChangeCapture.OpenAsync(source, Tables(plan), epoch, await LedgerState.GetAsync(ledger, LedgerState.Position, cancel), cancel);
    }
}
