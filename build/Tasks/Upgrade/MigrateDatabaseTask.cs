using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Movement;
using Seidra.Cutover.Steps;
using Seidra.Cutover.Tasks.Preparation;
using Seidra.Journal;

namespace Seidra.Cutover.Tasks.Upgrade;

/// <summary>Guide line 2.3.</summary>
[TaskName("MigrateDatabase")]
[TaskDescription("Move Classic's rows into Ultimate's tables while Classic serves, and compare every one")]
[IsDependentOn(typeof(StartStagingTask))]
[IsDependentOn(typeof(VerifyBackupTask))]
[IsDependentOn(typeof(ExportMediaTask))]
[GuideLine("2.3")]
public sealed class MigrateDatabaseTask : StepTask<IUpgradeContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IUpgradeContext context) => new
    {
        source = context.Settings.Classic.Database.Url,
        target = context.Settings.Ultimate.Database.Url,
        directory = context.Settings.Ultimate.Media.Directory,
        context.Settings.Schema,
    };

    /// <inheritdoc/>
    protected override UndoRecord Undo(IUpgradeContext context) =>
        Undos.RemoveCapture();

    /// <inheritdoc/>
    protected override async Task<Outcome> ActAsync(IUpgradeContext context)
    {
        return RowEvidence.Of(await context.Rows.MoveAsync(context.Cancellation));
    }
}
