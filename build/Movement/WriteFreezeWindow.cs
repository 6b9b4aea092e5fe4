using System.Diagnostics;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Database;
using Seidra.Delivery;

namespace Seidra.Cutover.Movement;

/// <summary>
/// The write freeze of one run: the front door holds writes, Classic's database refuses them, a deadline takes both back
/// even while a step hangs. The freeze dies with this process until it is committed, and by its own deadline after that.
/// </summary>
public sealed class WriteFreezeWindow(DatabaseEndpoint classic, ITrafficSwitch? traffic, FreezeOptions options, CancellationToken stop)
    : IWriteFreezeWindow, IDisposable
{
    private static readonly TimeSpan ReleaseTime = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Stopwatch _clock = new();
    private CancellationTokenSource? _deadline;
    private IWriteFreeze? _freeze;

    /// <inheritdoc/>
    public bool IsHeld => _deadline is not null;

    /// <inheritdoc/>
    public bool HasExpired { get; private set; }

    /// <summary>How long writes have been held; the final figure once they flow again.</summary>
    public TimeSpan Held => _clock.Elapsed;

    /// <summary>Fires at the freeze's deadline, or when the run is to end.</summary>
    public CancellationToken Token => _deadline?.Token ?? stop;

    /// <summary>Whether clients are already served by Ultimate, as the front door itself says.</summary>
    public async Task<bool> IsSwitchedAsync() => traffic is not null && await traffic.CurrentAsync(stop) == "ultimate";

    /// <summary>Holds writes at the door, lets running ones finish, then freezes Classic's database.</summary>
    /// <returns>How many tables were proven to refuse a write.</returns>
    public async Task<int> BeginAsync()
    {
        await _one.WaitAsync(stop);
        try
        {
            _clock.Restart();
            _deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
            _deadline.Token.Register(() => _ = Task.Run(ExpireAsync));
            _deadline.CancelAfter(options.Deadline);
            await traffic!.HoldWritesAsync(options.Deadline, Token);
            _freeze = await WriteFreeze.BeginAsync(classic, options, Token);
            return await _freeze.ProveAsync(Token);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Brings the last delta over while the freeze is held.</summary>
    public async Task<FollowResult> DrainAsync(DatabaseMovement rows)
    {
        EnsureHeld();
        return await rows.DrainAsync(_freeze!, Token);
    }

    /// <exception cref="StepException">Nothing is frozen in this run: the last delta would not be the last.</exception>
    public void EnsureHeld()
    {
        if (!IsHeld)
        {
            throw new StepException(ExitCodes.GateRefused, "Expected Classic's writes to be held by this very run, found them free. Run: ./build.sh --target=Cutover");
        }
    }

    /// <summary>
    /// Makes the freeze outlive this process, moves traffic to Ultimate, lets <paramref name="prove"/> look at it through
    /// the front door, closes Classic for good, and only then lets the held writes go: whatever fails before Classic is
    /// closed goes back to it with nothing lost, and nothing that fails afterwards can bring it back.
    /// </summary>
    /// <exception cref="StepException">The freeze ended before it was made final: Classic may have taken writes meanwhile.</exception>
    public async Task SwitchAsync(Func<CancellationToken, Task> prove)
    {
        await _one.WaitAsync(stop);
        try
        {
            EnsureHeld();
            await _freeze!.CommitAsync(Token);
            await traffic!.SwitchAsync("ultimate", Token);
            await prove(Token);
            if (!await _freeze.FinaliseAsync(CancellationToken.None))
            {
                throw new StepException(ExitCodes.RolledBack, "Expected the write freeze to last until Classic was closed, found it ended before. Raise freeze.deadlineSeconds and run the cutover again.");
            }

            await CloseAsync();
            await traffic.ReleaseAsync(CancellationToken.None);
            _clock.Stop();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public Task ReleaseAsync() => ReleaseAsync(expired: false);

    private async Task ReleaseAsync(bool expired)
    {
        // Not the run's own token: giving Classic its writes back must also work when the run is being cancelled.
        using var limit = new CancellationTokenSource(ReleaseTime);
        await _one.WaitAsync(limit.Token);
        try
        {
            if (!IsHeld)
            {
                return;
            }

            HasExpired = expired;
            await CloseAsync();
            await WriteFreeze.LiftAsync(classic, limit.Token);
            await traffic!.SwitchAsync("classic", limit.Token);
            await traffic.ReleaseAsync(limit.Token);
            _clock.Stop();
        }
        finally
        {
            _one.Release();
        }
    }

    // The step that holds the freeze may hang where no token reaches it: Classic gets its writes back all the same.
    private async Task ExpireAsync()
    {
        try
        {
            await ReleaseAsync(expired: !stop.IsCancellationRequested);
        }
        catch (Exception error) when (error is DatabaseException or DeliveryException or OperationCanceledException)
        {
            // The step's own end tries once more and reports it; the door and the database also release by themselves.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _deadline?.Dispose();
        _one.Dispose();
    }

    private async Task CloseAsync()
    {
        if (_freeze is not null)
        {
            await _freeze.DisposeAsync();
        }

        _freeze = null;
        _deadline?.Dispose();
        _deadline = null;
    }
}
