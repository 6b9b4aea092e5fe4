using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;

namespace Seidra.Cutover.Tasks.Operations;

/// <summary>Looks before anything acts.</summary>
[TaskName("Preflight")]
[TaskDescription("Look at settings, both databases and the media before anything acts; all problems at once")]
public sealed class PreflightTask : AsyncFrostingTask<IOperationsContext>
{
    /// <inheritdoc/>
    public override async Task RunAsync(IOperationsContext context)
    {
        var problems = await context.Preflight.ProblemsAsync(context.Cancellation);
        if (problems.Count > 0)
        {
            throw new StepException(
                ExitCodes.GateRefused,
                $"Preflight: expected nothing in the way, found {problems.Count}; nothing was changed:\n  - {string.Join("\n  - ", problems)}");
        }

        context.Screen.Line(context.Preflight.Summary);
    }
}
