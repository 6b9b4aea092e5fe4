using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Cutover.Tasks.Preparation;
using Seidra.Journal;

namespace Seidra.Cutover.Tasks.Upgrade;

/// <summary>Guide line 2.1.</summary>
[TaskName("CloneUltimate")]
[TaskDescription("Clone Ultimate at the pinned commit")]
[IsDependentOn(typeof(ExportMediaTask))]
[IsDependentOn(typeof(CheckSchemaTask))]
[GuideLine("2.1")]
public sealed class CloneUltimateTask : StepTask<IUpgradeContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IUpgradeContext context) => new { context.Settings.Ultimate.Repository, context.Clone };

    /// <inheritdoc/>
    protected override UndoRecord Undo(IUpgradeContext context) => Undos.DeleteFolder(context.Clone);

    /// <inheritdoc/>
    protected override async Task<Outcome> ActAsync(IUpgradeContext context)
    {
        var repository = context.Settings.Ultimate.Repository;
        var clone = await context.Git.CloneAtAsync(repository.Url, repository.Commit, context.Clone, context.Screen.Line, context.Cancellation);
        return Outcome.Verified(clone.Files, new { commit = clone.Commit, files = clone.Files });
    }

    /// <inheritdoc/>
    protected override async Task<bool> StillHoldsAsync(IUpgradeContext context, StepState done) =>
        Directory.Exists(context.Clone)
        && await context.Git.HeadAsync(context.Clone, context.Cancellation) == context.Settings.Ultimate.Repository.Commit;
}
