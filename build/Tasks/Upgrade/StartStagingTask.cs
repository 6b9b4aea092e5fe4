using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Journal;

namespace Seidra.Cutover.Tasks.Upgrade;

/// <summary>Guide line 2.2.</summary>
[TaskName("StartStaging")]
[TaskDescription("Start the staging stack and wait until it answers")]
[IsDependentOn(typeof(PrepareStagingTask))]
[GuideLine("2.2")]
public sealed class StartStagingTask : StepTask<IUpgradeContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IUpgradeContext context) => new { context.Staging.Url, context.Staging.EnvFile, context.Clone };

    /// <inheritdoc/>
    protected override UndoRecord Undo(IUpgradeContext context) => Undos.StopStack(context.Staging);

    /// <inheritdoc/>
    protected override async Task<Outcome> ActAsync(IUpgradeContext context)
    {
        var health = await context.Staging.UpAsync(context.Screen.Line, context.Cancellation);
        return Outcome.Verified(health.Successes, new { url = context.Staging.Url, attempts = health.Attempts, successes = health.Successes });
    }

    /// <inheritdoc/>
    protected override async Task<bool> StillHoldsAsync(IUpgradeContext context, StepState done) =>
        context.HasPassed("DeployProduction") || await context.Staging.Runtime.IsRunningAsync(context.Cancellation);
}
