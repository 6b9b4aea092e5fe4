namespace Seidra.Quality;

/// <summary>What a gate says.</summary>
public enum GateOutcome
{
    /// <summary>Measured, and enough.</summary>
    Passed,

    /// <summary>Measured, and not enough.</summary>
    Failed,

    /// <summary>Nothing was measured: neither good nor bad, and never green.</summary>
    Inconclusive,
}

/// <summary>A gate's verdict with its figures.</summary>
/// <param name="Outcome">The verdict.</param>
/// <param name="Message">One line with the numbers, what is missing, and how to see it.</param>
public sealed record GateVerdict(GateOutcome Outcome, string Message);
