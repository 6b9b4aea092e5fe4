using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Tasks.Production;
using Seidra.Database;

namespace Seidra.Cutover.Tasks.Operations;

/// <summary>The last target of a migration: nothing of this program stays in either database.</summary>
[TaskName("Finish")]
[TaskDescription("Remove what the migration left in both databases: capture, way back, ledger; there is no way back after it")]
public sealed class FinishTask : AsyncFrostingTask<IOperationsContext>
{
    /// <inheritdoc/>
    public override async Task RunAsync(IOperationsContext context)
    {
        ReleaseGate.Check(context.ReadJournal(), context.GraceHours);
        await MigrationTraces.RemoveAsync(context.ClassicDatabase, context.UltimateDatabase, context.Cancellation);
        context.Screen.Line("Finished: no capture, no way back and no ledger is left in either database.");
    }
}
