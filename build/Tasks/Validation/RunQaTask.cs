using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Cutover.Tasks.Upgrade;

namespace Seidra.Cutover.Tasks.Validation;

/// <summary>Guide lines 3.1 and 5.1.</summary>
[TaskName("RunQa")]
[TaskDescription("Run Ultimate's whole QA battery and read what its tests really said")]
[IsDependentOn(typeof(SyncMediaTask))]
[IsDependentOn(typeof(CrossCheckTask))]
[GuideLine("3.1", "5.1")]
public sealed class RunQaTask : StepTask<IValidationContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IValidationContext context) => context.QualityInputs();

    /// <inheritdoc/>
    protected override async Task<Outcome> ActAsync(IValidationContext context)
    {
        var quality = context.Settings.Quality;
        var startedAt = DateTimeOffset.UtcNow;
        var result = await context.Processes.RunAsync(context.InClone("qa", quality.Command, TimeSpan.FromSeconds(quality.TimeoutSeconds)), context.Screen.Line, context.Cancellation);
        result.OrThrow("quality.command", $"Read its log: {context.State.LogFile("qa")}");
        return TestStep.Judge(context.ReadTests(quality.UnitTests, startedAt));
    }
}
