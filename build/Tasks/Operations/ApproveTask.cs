using System.Globalization;
using System.Text.Json.Nodes;
using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Tasks.Checklist;

namespace Seidra.Cutover.Tasks.Operations;

/// <summary>Puts a person's word into the journal.</summary>
[TaskName("Approve")]
[TaskDescription("Record a person's approval: the runbook's review (5.5), or the release of Classic (4.4)")]
[TaskArgument("item", "What is approved", ValueName = "ITEM", Values = "runbook|release-classic")]
[TaskArgument("as", "Who approves it", ValueName = "NAME")]
public sealed class ApproveTask : FrostingTask<IOperationsContext>
{
    /// <inheritdoc/>
    public override void Run(IOperationsContext context)
    {
        var request = ApprovalRequest.Of(context.Argument);
        context.Record(Approvals.FactName(request.Item), new JsonObject
        {
            ["by"] = request.By,
            ["at"] = DateTimeOffset.UtcNow.ToString("u", CultureInfo.InvariantCulture),
        });
        context.Screen.Line($"{request.By} approved {request.Item}.");
    }
}
