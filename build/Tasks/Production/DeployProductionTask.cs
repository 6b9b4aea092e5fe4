using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Journal;

namespace Seidra.Cutover.Tasks.Production;

/// <summary>Guide line 4.3: what <c>install-prod.sh</c> should do.</summary>
[TaskName("DeployProduction")]
[TaskDescription("Start Ultimate's production stack beside Classic and wait until it answers")]
[IsDependentOn(typeof(PrepareSecretsTask))]
[IsDependentOn(typeof(PublishWorkflowsTask))]
[GuideLine("4.3")]
public sealed class DeployProductionTask : StepTask<IProductionContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IProductionContext context) => new
    {
        context.Production.Url,
        context.Production.EnvFile,
        commit = context.Settings.Ultimate.Repository.Commit,
    };

    /// <inheritdoc/>
    protected override UndoRecord Undo(IProductionContext context) => Undos.StopStack(context.Production);

    /// <inheritdoc/>
    protected override async Task<Outcome> ActAsync(IProductionContext context)
    {
        // Staging and production work on the same database: never two writers at once.
        await context.Staging.Runtime.StopAsync(context.Cancellation);
        var health = await context.Production.UpAsync(context.Screen.Line, context.Cancellation);
        return Outcome.Verified(health.Successes, new { url = context.Production.Url, attempts = health.Attempts });
    }

    /// <inheritdoc/>
    protected override Task<bool> StillHoldsAsync(IProductionContext context, StepState done) =>
        context.Production.Runtime.IsRunningAsync(context.Cancellation);
}
