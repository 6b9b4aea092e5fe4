using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;

namespace Seidra.Cutover.Tasks.Checklist;

/// <summary>Guide line 6.1: the QA team's signature.</summary>
[TaskName("SignReport")]
[TaskDescription("Have the report signed by the QA team (pending until signers are configured)")]
[IsDependentOn(typeof(FinalChecklistTask))]
[GuideLine("6.1")]
public sealed class SignReportTask : StepTask<IChecklistContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IChecklistContext context) => new { context.Settings.Report.Signers };

    /// <inheritdoc/>
    protected override Task<Outcome> ActAsync(IChecklistContext context) => Task.FromResult(Outcome.Pending("notConfigured.signers"));
}
