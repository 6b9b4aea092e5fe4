namespace Seidra.Cutover.Contexts;

/// <summary>What an independent client saw from before the first step until now.</summary>
/// <param name="Requests">Requests sent through the front door.</param>
/// <param name="Failed">Requests that were not answered with success.</param>
/// <param name="AcknowledgedWrites">Writes that were answered with success.</param>
/// <param name="LostWrites">Acknowledged writes that the serving side does not hold.</param>
/// <param name="DoubledWrites">Acknowledged writes that the serving side holds more than once.</param>
/// <param name="WritePauseMs">The longest time between two acknowledged writes.</param>
/// <param name="DowntimeMs">The time without a successful read.</param>
public sealed record ProbeReading(
    long Requests, long Failed, long AcknowledgedWrites, long LostWrites, long DoubledWrites, double WritePauseMs, double DowntimeMs);
