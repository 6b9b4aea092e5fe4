using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Cutover.Tasks.Checklist;
using Seidra.Delivery;

namespace Seidra.Cutover.Tasks.Production;

/// <summary>Guide line 4.4, its last half: never part of <c>Cutover</c>.</summary>
[TaskName("ReleaseClassic")]
[TaskDescription("Stop Classic for good: its own target, after the grace period and an approval; nothing can be undone after it")]
[Requires(typeof(FinalChecklistTask))]
[Requires(typeof(SwitchTrafficTask))]
[GuideLine("4.4")]
public sealed class ReleaseClassicTask : StepTask<IProductionContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IProductionContext context) => new { context.Settings.Release.Command };

    /// <inheritdoc/>
    protected override async Task<Outcome> ActAsync(IProductionContext context)
    {
        ReleaseGate.Check(context.Journal, context.Settings.Release.GraceHours);
        if (context.Settings.Release.Command.Count == 0)
        {
            return Outcome.Pending("notConfigured.release");
        }

        var result = await context.Processes.RunAsync(
            new ProcessSpec
            {
                FileName = context.Settings.Release.Command[0],
                Arguments = [.. context.Settings.Release.Command.Skip(1)],
                LogFile = context.State.LogFile("release"),
                Prefix = "release",
            },
            context.Screen.Line,
            context.Cancellation);
        result.OrThrow("release.command", "Mend it and run ReleaseClassic again.");
        return Outcome.Verified(1, new { command = context.Settings.Release.Command[0] });
    }
}
