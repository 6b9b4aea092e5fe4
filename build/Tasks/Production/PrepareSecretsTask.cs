using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Cutover.Tasks.Validation;
using Seidra.Journal;

namespace Seidra.Cutover.Tasks.Production;

/// <summary>Guide line 4.1.</summary>
[TaskName("PrepareSecrets")]
[TaskDescription("Put strong secrets into production's store and refuse known defaults; values are never shown")]
[IsDependentOn(typeof(CheckBackendCoverageTask))]
[IsDependentOn(typeof(CheckFrontendCoverageTask))]
[IsDependentOn(typeof(RunEndToEndTask))]
[GuideLine("4.1")]
public sealed class PrepareSecretsTask : StepTask<IProductionContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IProductionContext context) => new { context.Settings.Secrets.Provider, context.Production.EnvFile };

    /// <inheritdoc/>
    protected override UndoRecord Undo(IProductionContext context) =>
        Undos.Keep("The secret store keeps what was generated; Classic does not read it.");

    /// <inheritdoc/>
    protected override async Task<Outcome> ActAsync(IProductionContext context)
    {
        var filled = await context.StackSecrets.FillAsync(context.Production, context.Cancellation);
        return Outcome.Verified(filled.Names, filled);
    }

    /// <inheritdoc/>
    protected override Task<bool> StillHoldsAsync(IProductionContext context, StepState done) =>
        context.StackSecrets.IsCompleteAsync(context.Production, context.Cancellation);
}
