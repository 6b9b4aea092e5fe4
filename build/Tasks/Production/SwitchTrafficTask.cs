using System.Text.Json.Nodes;
using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Database;
using Seidra.Journal;

namespace Seidra.Cutover.Tasks.Production;

/// <summary>Guide line 4.4: the point of no return, and the end of the write pause.</summary>
[TaskName("SwitchTraffic")]
[TaskDescription("Move clients to Ultimate, look at it through the front door, then let the held writes go")]
[IsDependentOn(typeof(CatchUpTask))]
[GuideLine("4.4")]
public sealed class SwitchTrafficTask : StepTask<IProductionContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IProductionContext context) => new { context.Settings.Traffic.Provider, context.Settings.Traffic.Url };

    /// <inheritdoc/>
    protected override UndoRecord Undo(IProductionContext context) => Undos.ReleaseFreeze();

    /// <inheritdoc/>
    protected override async Task<Outcome> ActAsync(IProductionContext context)
    {
        if (context.Traffic is null)
        {
            return Outcome.Pending("notConfigured.traffic");
        }

        if (await context.IsSwitchedAsync())
        {
            return await FinishAsync(context);
        }

        context.Freeze.EnsureHeld();
        await context.Freeze.SwitchAsync(cancellation => context.UltimateHealth.CheckDoorAsync(cancellation));
        var pauseMs = Math.Round(context.Freeze.Held.TotalMilliseconds, 1);
        context.Record("freeze", new JsonObject { ["pauseMs"] = pauseMs });
        return Outcome.Verified(1, new { target = "ultimate", pauseMs, probes = 1 });
    }

    // A run was killed between the switch and its record: the front door says that clients are at Ultimate already.
    private static async Task<Outcome> FinishAsync(IProductionContext context)
    {
        await context.Traffic!.ReleaseAsync(context.Cancellation);
        if (!await WriteFreeze.FinaliseAsync(context.ClassicDatabase, context.Cancellation))
        {
            await RefuseLateWritesAsync(context);
        }

        await context.UltimateHealth.CheckDoorAsync(context.Cancellation);
        return Outcome.Verified(1, new { target = "ultimate", probes = 1 }, "resumed");
    }

    // The freeze ended by its deadline before it was made final: clients that go around the front door may have written.
    private static async Task RefuseLateWritesAsync(IProductionContext context)
    {
        var verified = await context.Rows.VerifyAsync(context.Cancellation);
        Mismatch.Refuse("Classic's rows after the switch", [
            .. verified.Differences.Where(difference => difference.Kind is RowDifferenceKind.Missing).Select(difference => difference.ToString())]);
    }

    /// <inheritdoc/>
    protected override Task<bool> StillHoldsAsync(IProductionContext context, StepState done) => context.IsSwitchedAsync();
}
