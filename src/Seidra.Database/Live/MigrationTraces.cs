using System.Data.Common;

namespace Seidra.Database;

/// <summary>What a migration leaves in the two databases beside the rows, until it is finished or taken back.</summary>
public static class MigrationTraces
{
    /// <summary>The capture of Classic's changes: how it works, what it keeps on the server's disk, what to do about it.</summary>
    /// <exception cref="DatabaseException">Classic's database cannot be read.</exception>
    public static Task<CaptureState> CaptureAsync(DatabaseEndpoint classic, CancellationToken cancel = default) => ChangeCapture.StateAsync(classic, cancel);

    /// <summary>Why logical replication is not possible, each with what to set; empty where it is. Triggers are used then.</summary>
    public static Task<IReadOnlyList<string>> ObstaclesAsync(DatabaseEndpoint classic, MigrationPlan plan, CancellationToken cancel = default) =>
        ChangeCapture.ObstaclesAsync(classic, ChangeFeed.Tables(plan), cancel);

    /// <summary>Removes the capture of Classic's changes: slot, publication, triggers, log.</summary>
    public static Task RemoveCaptureAsync(DatabaseEndpoint classic, CancellationToken cancel = default) => ChangeCapture.RemoveAsync(classic, cancel);

    /// <summary>
    /// Removes everything: the capture of Classic's changes, the way back, the ledger in Ultimate's database. A final freeze of
    /// Classic stays: clients write to Ultimate.
    /// </summary>
    /// <exception cref="DatabaseException">A side cannot be reached or refuses.</exception>
    public static async Task RemoveAsync(DatabaseEndpoint classic, DatabaseEndpoint ultimate, CancellationToken cancel = default)
    {
        await ChangeCapture.RemoveAsync(classic, cancel);
        await ReturnFlow.RemoveAsync(classic, ultimate, cancel);
        try
        {
            await using var ledger = await BulkCopy.OpenAsync(ultimate, cancel);
            foreach (var table in LedgerSchema.All)
                await ledger.RunAsync($"DROP TABLE IF EXISTS {table}", cancel);
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(ultimate, error, "remove the ledger of");
        }
    }
}
