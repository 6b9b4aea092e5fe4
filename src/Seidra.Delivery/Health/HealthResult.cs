namespace Seidra.Delivery;

/// <summary>What a health wait saw.</summary>
/// <param name="Healthy">True where the successes came in a row before the deadline.</param>
/// <param name="Attempts">Calls made.</param>
/// <param name="Successes">Successes in a row at the end.</param>
/// <param name="FirstFailure">Why the first failed attempt failed; null where none did.</param>
/// <param name="LastFailure">Why the last failed attempt failed; null where none did.</param>
/// <param name="Status">The <c>status</c> of the last good answer's body, for instance "healthy".</param>
/// <param name="Duration">Wall time of the wait.</param>
public sealed record HealthResult(
    bool Healthy, int Attempts, int Successes, string? FirstFailure, string? LastFailure, string? Status, TimeSpan Duration);
