using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Database;

namespace Seidra.Cutover.Tasks.Preparation;

/// <summary>Guide line 1.3.</summary>
[TaskName("CheckSchema")]
[TaskDescription("Say which schema and Alembic revision Classic really has, and which columns have no place in Ultimate")]
[IsDependentOn(typeof(VerifyBackupTask))]
[GuideLine("1.3")]
public sealed class CheckSchemaTask : StepTask<IPreparationContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IPreparationContext context) => new
    {
        backup = context.EvidenceOf("BackupDatabase")?.Figures["sha256"]?.GetValue<string>(),
        context.Settings.Schema,
    };

    /// <inheritdoc/>
    protected override async Task<Outcome> ActAsync(IPreparationContext context)
    {
        var alembic = await AlembicInspector.InspectAsync(context.ClassicDatabase, versionsDirectory: null, context.Cancellation);
        var plan = await context.Rows.PlanAsync(context.Cancellation);
        return Outcome.Verified(plan.Tables.Count, new
        {
            shape = alembic.Shape.ToString(),
            revision = alembic.Stamped ? string.Join(", ", alembic.Revisions) : null,
            tables = plan.Tables.Count,
            unmapped = plan.Unmapped.Count,
            problems = alembic.Problems.Select(problem => problem.Message),
        }, alembic.Stamped ? "stamped" : null);
    }
}
