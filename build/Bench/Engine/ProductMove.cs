using Seidra.Database;

namespace Seidra.Cutover.Bench;

/// <summary>The product's catch-up passes and its write freeze.</summary>
internal sealed class ProductMove(DatabaseEndpoint classic, DatabaseEndpoint ultimate) : ILiveMove
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    // As long as it takes: the benchmark wants to know the pause, not whether it is within somebody's deadline.
    private static readonly FreezeOptions Freeze = new() { Deadline = TimeSpan.FromMinutes(15), LockTimeout = TimeSpan.FromSeconds(10) };

    private bool _switched;

    /// <inheritdoc/>
    public async Task FollowAsync(CancellationToken until)
    {
        try
        {
            for (; ; await Task.Delay(Rest, until))
            {
                await CatchUpAsync(until);
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to end.
        }
    }

    /// <inheritdoc/>
    public Task CatchUpAsync(CancellationToken cancel) => ProductEngine.PassAsync(classic, ultimate, verify: false, cancel);

    /// <inheritdoc/>
    public async Task<IHeldWrites> HoldAsync(CancellationToken cancel)
    {
        await CatchUpAsync(cancel);
        var freeze = await WriteFreeze.BeginAsync(classic, Freeze, cancel);
        try
        {
            await ProductEngine.PassAsync(classic, ultimate, verify: true, cancel);
            return new Held(freeze, this);
        }
        catch
        {
            await freeze.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_switched)
        {
            await WriteFreeze.LiftAsync(classic);
        }
    }

    private sealed class Held(IWriteFreeze freeze, ProductMove move) : IHeldWrites
    {
        public Task ReleaseAsync(CancellationToken cancel) => freeze.DisposeAsync().AsTask();

        public async Task SwitchAsync(CancellationToken cancel)
        {
            await freeze.CommitAsync(cancel);
            move._switched = await freeze.FinaliseAsync(cancel);
        }

        public ValueTask DisposeAsync() => freeze.DisposeAsync();
    }
}
