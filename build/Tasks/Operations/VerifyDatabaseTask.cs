using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;

namespace Seidra.Cutover.Tasks.Operations;

/// <summary>Proves the rows again at any time; reads only.</summary>
[TaskName("VerifyDatabase")]
[TaskDescription("Compare Classic's and Ultimate's rows again, checksum by checksum; after the switch those that changed since; changes nothing")]
public sealed class VerifyDatabaseTask : AsyncFrostingTask<IOperationsContext>
{
    /// <inheritdoc/>
    public override async Task RunAsync(IOperationsContext context)
    {
        var compared = await (await context.IsSwitchedAsync() ? ChangedAsync(context) : AllAsync(context));
        if (compared == 0)
        {
            throw new StepException(ExitCodes.Inconclusive, "Expected rows to compare, found none. Look at classic.database in the settings.");
        }
    }

    private static async Task<long> AllAsync(IOperationsContext context)
    {
        var result = await context.Rows.VerifyAsync(context.Cancellation);
        foreach (var table in result.Tables)
        {
            context.Screen.Line($"{table.Name}: {table.SourceRows} rows in Classic, {table.MigratedRows} in Ultimate, {table.QuarantinedRows} in quarantine, {(table.ChecksumEqual ? "equal" : "DIFFERENT")}");
        }

        if (result.Waiting > 0)
        {
            context.Screen.Line($"{result.Waiting} rows changed in Classic since the last catch-up and were not compared");
        }

        Mismatch.Refuse("Ultimate's rows", [.. result.Differences.Select(difference => difference.ToString())]);
        return result.Tables.Sum(table => table.SourceRows);
    }

    // Clients write to Ultimate now: what they changed must be in Classic too, or be listed as kept.
    private static async Task<long> ChangedAsync(IOperationsContext context)
    {
        var result = await context.WayBack.VerifyAsync(context.Cancellation);
        context.Screen.Line($"{result.Rows} rows changed in Ultimate since the switch, {result.Rows - result.Differing.Count} of them in Classic, {result.Kept} values kept aside");
        Mismatch.Refuse("Classic's rows (the way back brings them: ./build.sh --target=Follow)", result.Differing);
        return result.Rows;
    }
}
