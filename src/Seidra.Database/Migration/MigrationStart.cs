using System.Data.Common;

namespace Seidra.Database;

/// <summary>
/// The beginning of a migration: the capture of Classic's changes, then the bulk copy. Both belong together by an epoch; where
/// the capture is lost, or rows were copied by another map, the copy begins again.
/// </summary>
internal static class MigrationStart
{
    private const string Copied = "copied";

    /// <summary>Copies what is not copied yet.</summary>
    /// <returns>What the bulk copy brought; null where it was complete before.</returns>
    public static async Task<BulkResult?> RunAsync(DatabaseEndpoint source, DatabaseEndpoint target, MigrationPlan plan, MigrationOptions options, CancellationToken cancel)
    {
        await using var ledger = await BulkCopy.OpenAsync(target, cancel);
        await TargetGuard.RequireTablesAsync(target, ledger, plan, cancel);
        await TargetGuard.RequireOwnRowsAsync(target, ledger, plan, cancel);
        await ledger.PrepareLedgerAsync(target.Kind, cancel);
        if (!await IsBoundAsync(source, ledger, plan, options, cancel))
            await BindAsync(source, target, ledger, plan, options, cancel);
        if (await LedgerState.GetAsync(ledger, LedgerState.Phase, cancel) == Copied)
            return null;
        var bulk = await BulkCopy.RunAsync(source, target, plan, options, cancel);
        await LedgerState.SetAsync(ledger, LedgerState.Phase, Copied, cancel);
        return bulk;
    }

    private static async Task<bool> IsBoundAsync(DatabaseEndpoint source, DbConnection ledger, MigrationPlan plan, MigrationOptions options, CancellationToken cancel)
    {
        if (await LedgerState.GetAsync(ledger, LedgerState.Epoch, cancel) is not { } epoch)
            return false;
        if (await LedgerState.GetAsync(ledger, LedgerState.Plan, cancel) is { } noted && noted != plan.Fingerprint)
            options.Log?.Invoke("The schema map or Classic's columns are others than before: all rows are copied again.");
        else if (await LedgerState.GetAsync(ledger, LedgerState.MediaMap, cancel) != options.MediaMapVersion)
            options.Log?.Invoke("Media lie elsewhere than before: all rows are copied again.");
        else if (await ChangeCapture.IsContinuousAsync(source, ChangeFeed.Tables(plan), epoch, cancel))
            return true;
        else
            options.Log?.Invoke($"The capture of changes in {source.Display} is not there any more: all rows are copied again.");
        return false;
    }

    // The ledger first: a capture that it does not know is replaced, one that it knows and that is not there is noticed.
    private static async Task BindAsync(DatabaseEndpoint source, DatabaseEndpoint target, DbConnection ledger, MigrationPlan plan, MigrationOptions options, CancellationToken cancel)
    {
        await BulkCopy.ResetAsync(target, plan, options, cancel);
        var epoch = Guid.NewGuid().ToString("n")[..12];
        await LedgerState.SetAsync(ledger, LedgerState.MediaMap, options.MediaMapVersion, cancel);
        await LedgerState.SetAsync(ledger, LedgerState.Epoch, epoch, cancel);
        var kind = await ChangeCapture.InstallAsync(source, ChangeFeed.Tables(plan), epoch, options.Capture, options.Log, cancel);
        options.Log?.Invoke(kind == CaptureKind.Logical
            ? $"{source.Display}: changes are followed by logical replication"
            : $"{source.Display}: changes are noted by triggers");
    }
}
