using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;

namespace Seidra.Cutover.Tasks.Production;

/// <summary>Guide line 4.2.</summary>
[TaskName("PublishWorkflows")]
[TaskDescription("Publish ultimate-ci.yml and ultimate-release.yml (pending until a provider is configured)")]
[IsDependentOn(typeof(PrepareSecretsTask))]
[GuideLine("4.2")]
public sealed class PublishWorkflowsTask : StepTask<IProductionContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IProductionContext context) => new { context.Settings.Workflows.Provider };

    /// <inheritdoc/>
    protected override Task<Outcome> ActAsync(IProductionContext context) => Task.FromResult(Outcome.Pending("notConfigured.workflows"));
}
