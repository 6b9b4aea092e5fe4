using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Cutover.Tasks.Preparation;
using Seidra.Journal;

namespace Seidra.Cutover.Tasks.Upgrade;

/// <summary>Guide line 2.4.</summary>
[TaskName("SyncMedia")]
[TaskDescription("Copy Classic's media to where Ultimate reads them, and prove every object on the far side")]
[IsDependentOn(typeof(MigrateDatabaseTask))]
[IsDependentOn(typeof(ExportMediaTask))]
[GuideLine("2.4")]
public sealed class SyncMediaTask : StepTask<IUpgradeContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IUpgradeContext context) => new { source = context.Media.Source, targets = context.Media.Targets };

    /// <inheritdoc/>
    protected override UndoRecord Undo(IUpgradeContext context) =>
        Undos.Keep("Ultimate's media places keep the copied objects; Classic is not touched by copying.");

    /// <inheritdoc/>
    protected override async Task<Outcome> ActAsync(IUpgradeContext context)
    {
        var pass = await context.Media.PassAsync(context.Cancellation);
        return Outcome.Verified(pass.Verified, pass);
    }
}
