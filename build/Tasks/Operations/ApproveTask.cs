using System.Globalization;
using System.Text.Json.Nodes;
using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Cutover.Tasks.Checklist;

namespace Seidra.Cutover.Tasks.Operations;

/// <summary>Puts a person's word into the journal.</summary>
[TaskName("Approve")]
[TaskDescription("Record a person's approval: the runbook's review (5.5), or the release of Classic (4.4)")]
[TaskArgument("item", "What is approved", ValueName = "ITEM", Values = "runbook|release-classic")]
[TaskArgument("as", "Who approves it", ValueName = "NAME")]
public sealed class ApproveTask : FrostingTask<IOperationsContext>
{
    private static readonly string[] Items = ["runbook", "release-classic"];

    /// <inheritdoc/>
    public override void Run(IOperationsContext context)
    {
        if (context.Argument("item") is not { } item || !Items.Contains(item) || context.Argument("as") is not { Length: > 0 } name)
        {
            throw new StepException(ExitCodes.Usage, $"Expected --item={string.Join('|', Items)} and --as=NAME. Run: ./build.sh --target=Approve --item=runbook --as=NAME");
        }

        context.Record(Approvals.FactName(item), new JsonObject
        {
            ["by"] = name,
            ["at"] = DateTimeOffset.UtcNow.ToString("u", CultureInfo.InvariantCulture),
        });
        context.Screen.Line($"{name} approved {item}.");
    }
}
