using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Cutover.Tasks.Operations;
using Seidra.Database;
using Seidra.Journal;

namespace Seidra.Cutover.Tasks.Preparation;

/// <summary>Guide line 1.1.</summary>
[TaskName("BackupDatabase")]
[TaskDescription("Back up Classic's database, with a manifest of files, rows and checksums")]
[IsDependentOn(typeof(PreflightTask))]
[GuideLine("1.1")]
public sealed class BackupDatabaseTask : StepTask<IPreparationContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IPreparationContext context) => new { source = context.ClassicDatabase.Display, target = context.Backup.Database };

    /// <inheritdoc/>
    protected override async Task<Outcome> ActAsync(IPreparationContext context)
    {
        var backup = await DatabaseBackup.CreateAsync(
            context.ClassicDatabase,
            context.Backup.Database,
            context.PgTools,
            context.Screen.Line,
            (done, total) => context.Screen.Progress("rows", done, total),
            context.Cancellation);
        return Outcome.Verified(backup.Files.Count, new
        {
            tables = backup.Tables.Count,
            rows = backup.Tables.Sum(table => table.Rows),
            files = backup.Files.Count,
            bytes = backup.Files.Sum(file => file.SizeBytes),
            sha256 = backup.Sha256,
        });
    }

    /// <inheritdoc/>
    protected override async Task<bool> StillHoldsAsync(IPreparationContext context, StepState done) =>
        Directory.Exists(context.Backup.Database)
        && (await DatabaseBackup.VerifyAsync(context.Backup.Database, context.Cancellation)).Sha256 == done.Evidence!.Figures["sha256"]!.GetValue<string>();
}
