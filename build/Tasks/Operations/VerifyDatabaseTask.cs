using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;

namespace Seidra.Cutover.Tasks.Operations;

/// <summary>Proves the rows again at any time; reads only.</summary>
[TaskName("VerifyDatabase")]
[TaskDescription("Compare every row of Classic and Ultimate again, checksum by checksum; changes nothing")]
public sealed class VerifyDatabaseTask : AsyncFrostingTask<IOperationsContext>
{
    /// <inheritdoc/>
    public override async Task RunAsync(IOperationsContext context)
    {
        var result = await context.Rows.VerifyAsync(context.Cancellation);
        foreach (var table in result.Tables)
        {
            context.Screen.Line($"{table.Name}: {table.SourceRows} rows in Classic, {table.MigratedRows} in Ultimate, {table.QuarantinedRows} in quarantine, {(table.ChecksumEqual ? "equal" : "DIFFERENT")}");
        }

        if (result.Waiting > 0)
        {
            context.Screen.Line($"{result.Waiting} rows changed since the last catch-up and were not compared");
        }

        Mismatch.Refuse("Ultimate's rows", [.. result.Differences.Select(difference => difference.ToString())]);
        if (result.Tables.Sum(table => table.SourceRows) == 0)
        {
            throw new StepException(ExitCodes.Inconclusive, "Expected rows to compare, found none. Look at classic.database in the settings.");
        }
    }
}
