using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;

namespace Seidra.Cutover.Tasks.Validation;

/// <summary>Guide lines 3.4 and 5.2.</summary>
[TaskName("RunEndToEnd")]
[TaskDescription("Read the Playwright journeys: onboarding, avatar generation, media download")]
[IsDependentOn(typeof(RunQaTask))]
[GuideLine("3.4", "5.2")]
public sealed class RunEndToEndTask : StepTask<IValidationContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IValidationContext context) => context.QualityInputs();

    /// <inheritdoc/>
    protected override Task<Outcome> ActAsync(IValidationContext context)
    {
        if (string.IsNullOrEmpty(context.Settings.Quality.EndToEnd))
        {
            return Task.FromResult(Outcome.Pending("notConfigured.endToEnd"));
        }

        return Task.FromResult(TestStep.Judge(context.ReadTests([context.Settings.Quality.EndToEnd], context.StartOf("RunQa"))));
    }
}
