using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Cutover.Tasks.Production;
using Seidra.Journal;

namespace Seidra.Cutover.Tasks.Checklist;

/// <summary>Guide lines 5 and 6.1: every line of the guide, and what an independent client saw.</summary>
[TaskName("FinalChecklist")]
[TaskDescription("Go through every line of the guide and prove that no acknowledged write was lost")]
[IsDependentOn(typeof(RotateDemoAccountTask))]
[IsDependentOn(typeof(ValidateMonitoringTask))]
[IsDependentOn(typeof(ReviewRunbookTask))]
[GuideLine("6.1")]
public sealed class FinalChecklistTask : StepTask<IChecklistContext>
{
    // The checklist looks back at every line but those that come after it.
    private static IReadOnlyList<(string GuideId, string Step)> Before { get; } =
        [.. StepCatalog.GuideMap.Where(line => line.Step is not ("FinalChecklist" or "SignReport" or "ReleaseClassic"))];

    /// <inheritdoc/>
    protected override object Inputs(IChecklistContext context) => new
    {
        steps = Before.Select(line => $"{line.GuideId} {line.Step} {context.Journal.Steps.GetValueOrDefault(line.Step)?.Status}").Order(),
    };

    /// <inheritdoc/>
    protected override async Task<Outcome> ActAsync(IChecklistContext context)
    {
        if (await context.ReadProbeAsync() is { } probe)
        {
            Mismatch.Refuse("The client probe", [
                .. probe.LostWrites == 0 ? Array.Empty<string>() : [$"{probe.LostWrites} of {probe.AcknowledgedWrites} acknowledged writes are not in Ultimate"],
                .. probe.DoubledWrites == 0 ? Array.Empty<string>() : [$"{probe.DoubledWrites} acknowledged writes are in Ultimate more than once"]]);
        }

        var statuses = Before.Select(line => context.Journal.Steps.GetValueOrDefault(line.Step)?.Status ?? StepStatus.None).ToList();
        return Outcome.Verified(Before.Count, new
        {
            lines = Before.Select(line => line.GuideId).Distinct().Count(),
            passed = statuses.Count(status => status is StepStatus.Passed),
            pending = statuses.Count(status => status is StepStatus.Pending),
        });
    }
}
