using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Database;

namespace Seidra.Cutover.Movement;

/// <summary>Moves rows from Classic to Ultimate; bulk and catch-up are the same idempotent pass.</summary>
public sealed class DatabaseMovement(
    DatabaseEndpoint classic, DatabaseEndpoint ultimate, SchemaMap map, PlanOptions planOptions, MediaPaths paths, IRunConsole screen)
{
    /// <summary>One pass: what is new or changed in Classic is brought over, what is gone is removed.</summary>
    /// <param name="readBack">Whether Ultimate's rows are read back at once; false where <see cref="VerifyAsync"/> follows anyway.</param>
    /// <param name="cancellation">Ends the pass at a chunk.</param>
    public async Task<MigrationResult> PassAsync(bool readBack, CancellationToken cancellation)
    {
        await RefuseAfterSwitchAsync(cancellation);
        var result = await DatabaseMigration.RunAsync(
            classic, ultimate, await PlanAsync(cancellation), Options() with { ReadBack = readBack }, cancellation);
        paths.Flush();
        return result;
    }

    /// <summary>Reads both sides again, every row, and compares.</summary>
    public async Task<RowVerificationResult> VerifyAsync(CancellationToken cancellation) =>
        await RowVerification.RunAsync(classic, ultimate, await PlanAsync(cancellation), Options(), cancellation);

    /// <summary>How Classic's tables and columns map; unmapped ones are named.</summary>
    public Task<MigrationPlan> PlanAsync(CancellationToken cancellation) =>
        MigrationPlanner.PlanAsync(classic, map, planOptions, cancellation);

    // Classic closed for good means that clients write to Ultimate: Classic's older rows must not go over theirs.
    private async Task RefuseAfterSwitchAsync(CancellationToken cancellation)
    {
        if ((await WriteFreeze.StateAsync(classic, cancellation)).Kind is FreezeKind.Final)
        {
            throw new StepException(
                ExitCodes.GateRefused, "Clients write to Ultimate since the switch: moving Classic's rows again would overwrite theirs. Nothing was changed. Run: ./build.sh --target=Status");
        }
    }

    private MigrationOptions Options() => new()
    {
        MapMediaPath = paths.Rewrite,
        MediaMapVersion = paths.Version,
        Log = screen.Line,
        Progress = (done, total) => screen.Progress("rows", done, total),
    };
}
