using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;

namespace Seidra.Cutover.Tasks.Checklist;

/// <summary>Guide line 5.5: only people can do this one.</summary>
[TaskName("ReviewRunbook")]
[TaskDescription("Ask whether the support team approved the incident runbook")]
[GuideLine("5.5")]
public sealed class ReviewRunbookTask : StepTask<IChecklistContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IChecklistContext context) => new { item = "runbook" };

    /// <inheritdoc/>
    protected override Task<Outcome> ActAsync(IChecklistContext context) => Task.FromResult(
        Approvals.Of(context.Journal, "runbook") is { } approval
            ? Outcome.Verified(1, new { approval.By, at = approval.At })
            : Outcome.Pending("awaitingApproval.runbook"));
}
