using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Database;

namespace Seidra.Cutover.Tasks.Upgrade;

/// <summary>Guide line 2.4: rows and objects must name one another.</summary>
[TaskName("CrossCheck")]
[TaskDescription("Check Ultimate's media rows against its objects, both ways")]
[IsDependentOn(typeof(SyncMediaTask))]
[GuideLine("2.4")]
public sealed class CrossCheckTask : StepTask<IUpgradeContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IUpgradeContext context) => new
    {
        rows = context.EvidenceOf("MigrateDatabase")?.Figures.ToJsonString(),
        media = context.EvidenceOf("SyncMedia")?.Figures.ToJsonString(),
    };

    /// <inheritdoc/>
    protected override async Task<Outcome> ActAsync(IUpgradeContext context)
    {
        var check = await context.Media.CrossCheckAsync(PathsAsync(context), context.Cancellation);
        var lost = await context.Media.HeldByClassicAsync(check.Missing, context.Cancellation);
        Mismatch.Refuse("Ultimate's media", [.. lost.Select(key => $"{key} is in Classic's store and named by a row, but not in Ultimate's")]);
        return Outcome.Verified(check.Rows, new
        {
            rows = check.Rows,
            objects = check.Objects,
            missing = check.MissingCount,
            orphaned = check.OrphanedCount,
        });
    }

    private static async IAsyncEnumerable<string> PathsAsync(IUpgradeContext context)
    {
        await foreach (var row in MediaRows.ReadAsync(context.UltimateDatabase, context.Cancellation))
        {
            yield return row.FilePath;
            if (row.ThumbnailPath is { } thumbnail)
            {
                yield return thumbnail;
            }
        }
    }
}
