using System.Diagnostics;

namespace Seidra.Database;

/// <summary>What the drain inside the freeze proved.</summary>
/// <param name="Round">The last delta.</param>
/// <param name="VerifiedRows">Rows of it read back from Ultimate and found as they were sent, or gone as they should be.</param>
/// <param name="Position">The end of the feed, which the target now has.</param>
/// <param name="Duration">How long it took.</param>
public sealed record FreezeDrainResult(FollowRound Round, long VerifiedRows, string Position, TimeSpan Duration);

/// <summary>
/// The last delta. The freeze lets no write begin and has waited for those that ran, so the moment that the capture reads is
/// Classic's last: one round brings the target to it. That no write came in between is told by the freeze's own commit, which
/// fails where the freeze was not held all the time.
/// </summary>
internal static class FreezeDrain
{
    /// <summary>Brings the target to Classic's last state and sets its sequences.</summary>
    /// <param name="follower">Open, and not far behind: what it still has to do is the write pause.</param>
    /// <param name="freeze">Held, not yet committed.</param>
    /// <param name="cancel">Ends it; the target stays at the state before.</param>
    /// <exception cref="DatabaseException">The freeze's deadline has passed, or the round failed.</exception>
    public static async Task<FreezeDrainResult> RunAsync(Follower follower, IWriteFreeze freeze, CancellationToken cancel = default)
    {
        var clock = Stopwatch.StartNew();
        // The log of a frozen SQLite file cannot be tidied; unconfirmed changes do no harm, for they are applied already.
        var round = await follower.CatchUpAsync(confirm: false, cancel);
        await follower.SetSequencesAsync(cancel);
        if (DateTimeOffset.UtcNow >= freeze.Until)
            throw new DatabaseException($"Expected the last delta within the freeze's deadline ({freeze.Until:HH:mm:ss} UTC), found it done after {clock.Elapsed.TotalSeconds:0.0} s only. Classic takes writes again; nothing was switched. Raise freeze.deadlineSeconds, or wait until the lag is small.");
        return new FreezeDrainResult(round, round.VerifiedRows, round.Position, clock.Elapsed);
    }
}
