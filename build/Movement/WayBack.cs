using Seidra.Cutover.Steps;
using Seidra.Database;
using Seidra.Delivery;

namespace Seidra.Cutover.Movement;

/// <summary>
/// The way back after the switch: what clients write to Ultimate flows into Classic until it is released, so that a return loses
/// nothing.
/// </summary>
public sealed class WayBack(
    DatabaseEndpoint classic, DatabaseEndpoint ultimate, DatabaseMovement rows, MediaPaths paths, ITrafficSwitch? traffic, FreezeOptions freeze, IRunConsole screen)
{
    /// <summary>Makes what the way back needs, while Classic still serves.</summary>
    public Task PrepareAsync(CancellationToken cancellation) => ReturnFlow.PrepareAsync(classic, ultimate, cancellation);

    /// <summary>Inside the freeze, behind the last delta: from here on Ultimate's changes count.</summary>
    public async Task ArmAsync(CancellationToken cancellation)
    {
        await using var flow = await OpenAsync(cancellation);
        await flow.ArmAsync(cancellation);
    }

    /// <summary>Brings over what changed in Ultimate so far.</summary>
    public async Task<ReturnRoundResult> CatchUpAsync(CancellationToken cancellation)
    {
        await using var flow = await OpenAsync(cancellation);
        return await flow.CatchUpAsync(cancellation);
    }

    /// <summary>Returns clients to Classic with every write that Ultimate acknowledged.</summary>
    /// <returns>What came back; null where nothing was armed, so that there is nothing to bring.</returns>
    public async Task<ReturnResult?> RunAsync(CancellationToken cancellation)
    {
        await using var flow = await OpenAsync(cancellation);
        return await flow.IsArmedAsync(cancellation) ? await flow.RunBackAsync(Traffic(), cancellation) : null;
    }

    /// <summary>Compares every row that changed in Ultimate since the switch with Classic's; changes nothing.</summary>
    public async Task<ReturnVerificationResult> VerifyAsync(CancellationToken cancellation)
    {
        await using var flow = await OpenAsync(cancellation);
        return await flow.VerifyAsync(cancellation);
    }

    /// <summary>Lets Ultimate's database take writes again after a return.</summary>
    public Task ReopenAsync(CancellationToken cancellation) => ReturnFlow.ReopenAsync(classic, ultimate, cancellation);

    /// <summary>Removes all that the way back has made.</summary>
    public Task RemoveAsync(CancellationToken cancellation) => ReturnFlow.RemoveAsync(classic, ultimate, cancellation);

    private async Task<ReturnFlow> OpenAsync(CancellationToken cancellation) => await ReturnFlow.OpenAsync(
        classic, ultimate, await rows.PlanAsync(cancellation),
        new ReturnOptions { MapMediaPath = paths.Rewrite, UnmapMediaPath = paths.Restore, Freeze = freeze, Log = screen.Line },
        cancellation);

    private ReturnTraffic Traffic() => new(
        cancellation => traffic?.HoldWritesAsync(freeze.Deadline, cancellation) ?? Task.CompletedTask,
        async cancellation =>
        {
            if (traffic is not null)
            {
                await traffic.SwitchAsync("classic", cancellation);
                await traffic.ReleaseAsync(cancellation);
            }
        });
}
