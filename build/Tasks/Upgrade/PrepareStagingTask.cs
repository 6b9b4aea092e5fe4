using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Database;
using Seidra.Journal;

namespace Seidra.Cutover.Tasks.Upgrade;

/// <summary>Guide line 2.1: what <c>install-dev.sh</c> should have left behind.</summary>
[TaskName("PrepareStaging")]
[TaskDescription("Create Ultimate's schema at head, check the checkout's Alembic chain, and write staging's environment")]
[IsDependentOn(typeof(CloneUltimateTask))]
[GuideLine("2.1")]
public sealed class PrepareStagingTask : StepTask<IUpgradeContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IUpgradeContext context) => new
    {
        database = context.UltimateDatabase.Display,
        commit = context.Settings.Ultimate.Repository.Commit,
        context.Staging.EnvFile,
    };

    /// <inheritdoc/>
    protected override UndoRecord Undo(IUpgradeContext context) => Undos.DeleteFile(context.Staging.EnvFile);

    /// <inheritdoc/>
    protected override async Task<Outcome> ActAsync(IUpgradeContext context)
    {
        await UltimateSchema.CreateAsync(context.UltimateDatabase, context.Cancellation);
        var schema = await UltimateSchema.VerifyAsync(context.UltimateDatabase, context.Cancellation);
        var alembic = await AlembicInspector.InspectAsync(context.UltimateDatabase, context.Versions, context.Cancellation);
        Mismatch.Refuse("Ultimate's schema", [.. schema.Differences, .. alembic.Problems.Select(problem => problem.Message)]);
        await context.StackSecrets.FillAsync(context.Staging, context.Cancellation);
        return Outcome.Verified(schema.Columns, new { schema.Tables, schema.Columns, schema.Indexes, revision = alembic.Revisions.Single() });
    }

    /// <inheritdoc/>
    protected override async Task<bool> StillHoldsAsync(IUpgradeContext context, StepState done) =>
        File.Exists(context.Staging.EnvFile)
        && (await UltimateSchema.VerifyAsync(context.UltimateDatabase, context.Cancellation)).Differences.Count == 0;
}
