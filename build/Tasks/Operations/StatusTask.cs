using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Lifetime;

namespace Seidra.Cutover.Tasks.Operations;

/// <summary>Reads the journal beside a running writer or not, and touches nothing.</summary>
[TaskName("Status")]
[TaskDescription("Say where the migration stands, who holds it, and what to run next")]
[TaskArgument("json", "Print data for scripts instead of text")]
public sealed class StatusTask : FrostingTask<IOperationsContext>
{
    /// <inheritdoc/>
    public override void Run(IOperationsContext context)
    {
        var status = RunStatus.Of(context.ReadJournal(), context.State);
        Console.Out.Write(context.Json ? status.ToJson() : status.ToText(context.Language));
    }
}
