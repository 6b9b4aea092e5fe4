namespace Seidra.Delivery;

/// <summary>The place that decides which product the users reach. All members are idempotent.</summary>
public interface ITrafficSwitch
{
    /// <summary>Where the traffic goes now: <c>classic</c> or <c>ultimate</c>.</summary>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="DeliveryException">The switch does not answer, or refuses.</exception>
    Task<string> CurrentAsync(CancellationToken cancellation = default);

    /// <summary>Holds writes back; returns when none is in flight any more. Reads go on.</summary>
    /// <param name="deadline">After this time the switch lets writes go by itself, whatever became of this program.</param>
    /// <param name="cancellation">Gives up waiting; does not release.</param>
    /// <exception cref="DeliveryException">Writes did not drain before the deadline, or the switch refuses.</exception>
    Task HoldWritesAsync(TimeSpan deadline, CancellationToken cancellation = default);

    /// <summary>Sends the traffic, held writes included once released, to the other product.</summary>
    /// <param name="target"><c>classic</c> or <c>ultimate</c>.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="DeliveryException">The switch refuses, or still names another target afterwards.</exception>
    Task SwitchAsync(string target, CancellationToken cancellation = default);

    /// <summary>Lets held writes go.</summary>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="DeliveryException">The switch refuses.</exception>
    Task ReleaseAsync(CancellationToken cancellation = default);
}
