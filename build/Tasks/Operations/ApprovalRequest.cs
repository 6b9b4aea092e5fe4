using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;

namespace Seidra.Cutover.Tasks.Operations;

/// <summary>What a person approves, as the command line says it.</summary>
/// <param name="Item">What is approved.</param>
/// <param name="By">Who approves it.</param>
public sealed record ApprovalRequest(string Item, string By)
{
    private static readonly string[] Items = ["runbook", "release-classic"];

    /// <summary>Reads the request from the command line.</summary>
    /// <param name="argument">Gives the value of an option; <c>null</c> where it was not given.</param>
    /// <exception cref="StepException">Item or name is missing, or the item is none (exit 2).</exception>
    public static ApprovalRequest Of(Func<string, string?> argument) =>
        argument("item") is { } item && Items.Contains(item) && argument("as") is { Length: > 0 } name
            ? new ApprovalRequest(item, name)
            : throw new StepException(
                ExitCodes.Usage, $"Expected --item={string.Join('|', Items)} and --as=NAME. Run: ./build.sh --target=Approve --item=runbook --as=NAME");
}
