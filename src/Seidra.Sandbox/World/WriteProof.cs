namespace Seidra.Sandbox;

/// <summary>
/// The probe's own record of acknowledged writes held against the database of the side that the door serves.
/// </summary>
/// <param name="Acknowledged">Writes in the record.</param>
/// <param name="Lost">Recorded writes that the database does not hold.</param>
/// <param name="Doubled">Recorded writes that the database holds more than once.</param>
public sealed record WriteProof(long Acknowledged, long Lost, long Doubled);
