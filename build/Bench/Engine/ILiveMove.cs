namespace Seidra.Cutover.Bench;

/// <summary>A migration whose rows have been moved and which now follows Classic. Disposed, it leaves nothing behind in Classic.</summary>
internal interface ILiveMove : IAsyncDisposable
{
    /// <summary>Applies changes as they come.</summary>
    /// <param name="until">Ends it; that is no error.</param>
    Task FollowAsync(CancellationToken until);

    /// <summary>Applies everything that was committed in Classic before the call.</summary>
    Task CatchUpAsync(CancellationToken cancel);

    /// <summary>
    /// All that lies in the write pause but the switch itself: hold Classic's writes, apply the rest, sequences, compare what
    /// changed. Not while <see cref="FollowAsync"/> runs.
    /// </summary>
    Task<IHeldWrites> HoldAsync(CancellationToken cancel);
}

/// <summary>Classic's writes are held, and Ultimate has every one that Classic acknowledged.</summary>
internal interface IHeldWrites : IAsyncDisposable
{
    /// <summary>Lets Classic write again; the move goes on.</summary>
    Task ReleaseAsync(CancellationToken cancel);

    /// <summary>Closes Classic to writes: from the return on Ultimate takes them.</summary>
    Task SwitchAsync(CancellationToken cancel);
}
