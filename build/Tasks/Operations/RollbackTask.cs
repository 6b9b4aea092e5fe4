using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;

namespace Seidra.Cutover.Tasks.Operations;

/// <summary>Plays the undo records of the journal, the newest first.</summary>
[TaskName("Rollback")]
[TaskDescription("Take the steps back in reverse order until Classic serves as before")]
[TaskArgument("accept-loss", "Go back even though clients have written to Ultimate since the switch")]
public sealed class RollbackTask : AsyncFrostingTask<IOperationsContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(IOperationsContext context) => context.Undo.PlayAsync(context.Cancellation);
}
