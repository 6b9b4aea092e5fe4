namespace Seidra.Delivery;

/// <summary>
/// Something outside the program did not do what was needed: a process, git, Compose, a service, a secret store, the
/// front door. The message says what was expected, what was found and what to do next, and never holds a secret.
/// </summary>
public class DeliveryException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What was expected, what was found, what to do next.</param>
    public DeliveryException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error around the foreign one that caused it.</summary>
    /// <param name="message">What was expected, what was found, what to do next.</param>
    /// <param name="inner">The foreign error.</param>
    public DeliveryException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
