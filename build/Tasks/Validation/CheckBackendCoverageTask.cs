using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;

namespace Seidra.Cutover.Tasks.Validation;

/// <summary>Guide line 3.2.</summary>
[TaskName("CheckBackendCoverage")]
[TaskDescription("Hold the backend's measured line coverage to its minimum")]
[IsDependentOn(typeof(RunQaTask))]
[GuideLine("3.2")]
public sealed class CheckBackendCoverageTask : StepTask<IValidationContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IValidationContext context) => context.QualityInputs();

    /// <inheritdoc/>
    protected override Task<Outcome> ActAsync(IValidationContext context) => Task.FromResult(CoverageStep.Judge(
        context,
        context.Settings.Quality.BackendCoverage,
        context.Settings.Quality.BackendMinimum));
}
