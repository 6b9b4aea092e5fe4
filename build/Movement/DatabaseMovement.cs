using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Database;

namespace Seidra.Cutover.Movement;

/// <summary>
/// Moves rows from Classic to Ultimate: a run that copies or catches up and compares every row, and connections that stay open so
/// that the last delta inside the freeze costs what changed and no more.
/// </summary>
public sealed class DatabaseMovement(
    DatabaseEndpoint classic, DatabaseEndpoint ultimate, SchemaMap map, PlanOptions planOptions, MediaPaths paths, IRunConsole screen)
{
    private LiveMigration? _live;

    /// <summary>Brings over what Classic holds, and compares every row.</summary>
    /// <param name="cancellation">Ends the run at a chunk.</param>
    public async Task<MigrationResult> MoveAsync(CancellationToken cancellation)
    {
        await RefuseAfterSwitchAsync(cancellation);
        await ReturnFlow.ReopenAsync(classic, ultimate, cancellation);
        await CloseAsync();
        var result = await DatabaseMigration.RunAsync(classic, ultimate, await PlanAsync(cancellation), Options(), cancellation);
        paths.Flush();
        return result;
    }

    /// <summary>Brings over what changed since, and stays open for the freeze.</summary>
    public async Task<FollowResult> CatchUpAsync(CancellationToken cancellation)
    {
        await RefuseAfterSwitchAsync(cancellation);
        _live ??= await LiveMigration.OpenAsync(classic, ultimate, await PlanAsync(cancellation), Options(), cancellation);
        return await _live.CatchUpAsync(cancellation);
    }

    /// <summary>The last delta, while <paramref name="freeze"/> holds Classic's writes.</summary>
    public async Task<FollowResult> DrainAsync(IWriteFreeze freeze, CancellationToken cancellation)
    {
        var last = await (_live ?? throw new InvalidOperationException("CatchUpAsync comes before the freeze.")).DrainAsync(freeze, cancellation);
        paths.Flush();
        return last;
    }

    /// <summary>Waits until Classic changes.</summary>
    public Task<bool> WaitAsync(TimeSpan patience, CancellationToken cancellation) =>
        (_live ?? throw new InvalidOperationException("CatchUpAsync comes before waiting.")).WaitAsync(patience, cancellation);

    /// <summary>Lets go of Classic's changes and of both databases.</summary>
    public async Task CloseAsync()
    {
        if (_live is { } open)
        {
            _live = null;
            await open.DisposeAsync();
        }
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
