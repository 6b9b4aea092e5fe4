using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Movement;
using Seidra.Cutover.Steps;
using Seidra.Journal;

namespace Seidra.Cutover.Tasks.Production;

/// <summary>Guide line 4.4: the last delta, while nobody can write.</summary>
[TaskName("CatchUp")]
[TaskDescription("Bring over the last changed rows and media inside the freeze, and compare every row")]
[IsDependentOn(typeof(FreezeClassicTask))]
[GuideLine("4.4")]
public sealed class CatchUpTask : StepTask<IProductionContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IProductionContext context) => new { context.ClassicDatabase.Display, ultimate = context.UltimateDatabase.Display };

    /// <inheritdoc/>
    protected override UndoRecord Undo(IProductionContext context) => Undos.Keep("The caught-up rows stay; Classic holds them too.");

    /// <inheritdoc/>
    protected override async Task<Outcome> ActAsync(IProductionContext context)
    {
        if (context.Traffic is null)
        {
            return Outcome.Pending("notConfigured.traffic");
        }

        context.Freeze.EnsureHeld();
        var media = await context.Media.PassAsync(context.Cancellation);
        var last = await context.Rows.PassAsync(readBack: false, context.Cancellation);
        return RowEvidence.Of(await context.Rows.VerifyAsync(context.Cancellation), last, media);
    }

    /// <inheritdoc/>
    protected override Task<bool> StillHoldsAsync(IProductionContext context, StepState done) => context.IsSwitchedAsync();
}
