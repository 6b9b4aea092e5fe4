using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Movement;
using Seidra.Cutover.Steps;
using Seidra.Journal;

namespace Seidra.Cutover.Tasks.Production;

/// <summary>Guide line 4.4: the write pause begins here.</summary>
[TaskName("FreezeClassic")]
[TaskDescription("Catch up until little is left, then hold Classic's writes; a deadline gives them back")]
[IsDependentOn(typeof(CheckHealthTask))]
[GuideLine("4.4")]
public sealed class FreezeClassicTask : StepTask<IProductionContext>
{
    private const long Little = 500;

    /// <inheritdoc/>
    protected override object Inputs(IProductionContext context) => new { context.ClassicDatabase.Display, context.Settings.Traffic.Provider };

    /// <inheritdoc/>
    protected override UndoRecord Undo(IProductionContext context) => Undos.ReleaseFreeze();

    /// <inheritdoc/>
    protected override async Task<Outcome> ActAsync(IProductionContext context)
    {
        if (context.Traffic is null)
        {
            return Outcome.Pending("notConfigured.traffic");
        }

        // Every row once more while Classic still serves; after that, passes until so little is left that the freeze is short.
        await context.Media.PassAsync(context.Cancellation);
        var proven = await context.Rows.MoveAsync(context.Cancellation);
        var passes = 1;
        for (var changed = long.MaxValue; changed > Little && passes < context.Settings.Freeze.CatchUpPasses; passes++)
        {
            await context.Media.PassAsync(context.Cancellation);
            changed = (await context.Rows.CatchUpAsync(context.Cancellation)).Rows;
        }

        await context.WayBack.PrepareAsync(context.Cancellation);
        await context.Rows.CatchUpAsync(context.Cancellation);
        var refused = await context.Freeze.BeginAsync();
        return RowEvidence.Of(proven, new { passes, tables = refused, refused });
    }

    /// <inheritdoc/>
    protected override async Task<bool> StillHoldsAsync(IProductionContext context, StepState done) =>
        context.Freeze.IsHeld || await context.IsSwitchedAsync();
}
