using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;

namespace Seidra.Cutover.Tasks.Production;

/// <summary>Guide lines 4.4, 5.3 and 5.4.</summary>
[TaskName("ValidateMonitoring")]
[TaskDescription("Check Grafana's dashboards and Prometheus' alerts (pending until they are configured)")]
[IsDependentOn(typeof(SwitchTrafficTask))]
[GuideLine("5.3", "5.4")]
public sealed class ValidateMonitoringTask : StepTask<IProductionContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IProductionContext context) => new { context.Settings.Monitoring };

    /// <inheritdoc/>
    protected override Task<Outcome> ActAsync(IProductionContext context) => Task.FromResult(Outcome.Pending("notConfigured.monitoring"));
}
