using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Journal;

namespace Seidra.Cutover.Tasks.Preparation;

/// <summary>Guide line 1.2.</summary>
[TaskName("ExportMedia")]
[TaskDescription("Export Classic's media to the backup place, every object with its SHA-256")]
[IsDependentOn(typeof(VerifyBackupTask))]
[GuideLine("1.2")]
public sealed class ExportMediaTask : StepTask<IPreparationContext>
{
    /// <inheritdoc/>
    protected override object Inputs(IPreparationContext context) => new { source = context.Media.Source, target = context.Backup.Media };

    /// <inheritdoc/>
    protected override async Task<Outcome> ActAsync(IPreparationContext context)
    {
        var export = await context.Media.ExportAsync(context.Backup.Media, context.Cancellation);
        return Outcome.Verified(export.Verified, new
        {
            objects = export.Objects,
            bytes = export.Bytes,
            copied = export.Copied,
            verified = export.Verified,
            manifestSha256 = export.ManifestSha256,
        });
    }

    /// <inheritdoc/>
    protected override Task<bool> StillHoldsAsync(IPreparationContext context, StepState done) =>
        context.Media.ExportHoldsAsync(context.Backup.Media, context.Cancellation);
}
