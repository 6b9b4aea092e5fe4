namespace Seidra.Delivery;

/// <summary>Something that runs one stack of Ultimate (staging or production). All members are idempotent.</summary>
public interface IRuntime
{
    /// <summary>Starts the stack; returns when it runs (its health is the health probe's affair unless the runtime knows it).</summary>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="DeliveryException">It does not start; carries the last lines of its log.</exception>
    Task StartAsync(CancellationToken cancellation = default);

    /// <summary>Stops the stack; data stays.</summary>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="DeliveryException">It does not stop.</exception>
    Task StopAsync(CancellationToken cancellation = default);

    /// <summary>True where the stack runs now.</summary>
    /// <param name="cancellation">Gives up waiting.</param>
    Task<bool> IsRunningAsync(CancellationToken cancellation = default);
}
