namespace Seidra.Sandbox;

/// <summary>What the probe client saw through the front door, since the rehearsal's first start.</summary>
/// <param name="Requests">Requests that ended, reads and writes.</param>
/// <param name="Failed">Requests that were not answered 2xx (refusals, time-outs and broken connections).</param>
/// <param name="Reads">Reads that ended.</param>
/// <param name="Writes">Writes that ended.</param>
/// <param name="AcknowledgedWrites">Writes answered 201, each in the probe's own record.</param>
/// <param name="WritePauseMs">
/// Milliseconds of the longest gap between two acknowledged writes that touches a hold of the door; while no hold has
/// happened, of the longest gap at all.
/// </param>
/// <param name="DowntimeMs">Milliseconds, summed, from the last good read before a failed one to the next good read.</param>
/// <param name="FirstFailures">The first failures with time and reason, at most twenty.</param>
public sealed record ProbeFigures(
    long Requests,
    long Failed,
    long Reads,
    long Writes,
    long AcknowledgedWrites,
    double WritePauseMs,
    double DowntimeMs,
    IReadOnlyList<string> FirstFailures)
{
    /// <summary>Milliseconds of the longest gap between two acknowledged writes, whatever the cause.</summary>
    public double LongestWriteGapMs { get; init; }

    /// <summary>Whether an acknowledged write has waited for the end of a hold, so that the pause is that of a hold.</summary>
    public bool WritesWereHeld { get; init; }
}
