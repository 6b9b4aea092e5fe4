using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;

namespace Seidra.Cutover.Tasks.Production;

/// <summary>Guide line 4.3: <c>/api/health</c> looks at neither database nor media, so the gate does.</summary>
[TaskName("CheckHealth")]
[TaskDescription("Check Ultimate's health: HTTP, its database, and a media file fetched through it")]
[IsDependentOn(typeof(DeployProductionTask))]
[GuideLine("4.3")]
public sealed class CheckHealthTask : StepTask<IProductionContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IProductionContext context) => new { context.Production.Url, deployed = context.EvidenceOf("DeployProduction")?.Figures.ToJsonString() };

    /// <inheritdoc/>
    protected override async Task<Outcome> ActAsync(IProductionContext context)
    {
        var health = await context.UltimateHealth.CheckAsync(context.Production.Url, context.Cancellation);
        return Outcome.Verified(health.Checks, health);
    }
}
