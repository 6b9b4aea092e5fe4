using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Journal;

namespace Seidra.Cutover.Tasks.Production;

/// <summary>Guide line 4.4: the last delta, while nobody can write.</summary>
[TaskName("CatchUp")]
[TaskDescription("Bring over the last changed rows and media inside the freeze, and read every one of them back")]
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
        var last = await context.Freeze.DrainAsync(context.Rows);
        await context.WayBack.ArmAsync(context.Cancellation);
        // The moment of the freeze is itself one thing that was proven: behind it nothing of Classic is left to bring.
        return Outcome.Verified(
            1 + last.Verified + media.Verified,
            new { changed = last.Rows, rowsVerified = last.Verified, media.Objects, media.Bytes, media.Copied, media.Verified });
    }

    /// <inheritdoc/>
    protected override Task<bool> StillHoldsAsync(IProductionContext context, StepState done) => context.IsSwitchedAsync();
}
