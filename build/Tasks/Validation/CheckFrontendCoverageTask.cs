using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;

namespace Seidra.Cutover.Tasks.Validation;

/// <summary>Guide line 3.3.</summary>
[TaskName("CheckFrontendCoverage")]
[TaskDescription("Hold the frontend's measured line coverage to its minimum")]
[IsDependentOn(typeof(RunQaTask))]
[GuideLine("3.3")]
public sealed class CheckFrontendCoverageTask : StepTask<IValidationContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IValidationContext context) => context.QualityInputs();

    /// <inheritdoc/>
    protected override Task<Outcome> ActAsync(IValidationContext context) => Task.FromResult(CoverageStep.Judge(
        context,
        context.Settings.Quality.FrontendCoverage,
        context.Settings.Quality.FrontendMinimum));
}
