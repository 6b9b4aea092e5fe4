using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Database;

namespace Seidra.Cutover.Tasks.Preparation;

/// <summary>Guide line 1.1: a backup that was never restored is a hope.</summary>
[TaskName("VerifyBackup")]
[TaskDescription("Restore that very backup into a scratch database and compare every table")]
[IsDependentOn(typeof(BackupDatabaseTask))]
[GuideLine("1.1")]
public sealed class VerifyBackupTask : StepTask<IPreparationContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IPreparationContext context) => new { backup = context.EvidenceOf("BackupDatabase")?.Figures["sha256"]?.GetValue<string>() };

    /// <inheritdoc/>
    protected override async Task<Outcome> ActAsync(IPreparationContext context)
    {
        var checks = await RestoreDrill.RunAsync(
            context.Backup.Database, context.ScratchDatabase, context.PgTools, context.Screen.Line, cancel: context.Cancellation);
        Mismatch.Refuse("the restored backup", checks);
        return Outcome.Verified(checks.Sum(check => check.SourceRows), new
        {
            tables = checks.Count,
            rows = checks.Sum(check => check.SourceRows),
            checksumsEqual = checks.Count(check => check.ChecksumEqual),
        });
    }
}
