using Seidra.Journal;

namespace Seidra.Cutover.Steps;

/// <summary>What a step came to: evidence, or the reason why it cannot run yet.</summary>
public sealed record Outcome
{
    private Outcome(Evidence? evidence, string? pendingReason)
    {
        Evidence = evidence;
        PendingReason = pendingReason;
    }

    /// <summary>What was verified, with numbers.</summary>
    public Evidence? Evidence { get; }

    /// <summary>Why nothing was done: a resource key such as <c>notConfigured.monitoring</c>.</summary>
    public string? PendingReason { get; }

    /// <summary>The step acted, and this is what it compared.</summary>
    /// <param name="compared">The number of things compared; zero makes the step inconclusive.</param>
    /// <param name="figures">The figures, an object whose properties become the evidence.</param>
    /// <param name="variant">Which of several wordings the report uses.</param>
    public static Outcome Verified(long compared, object figures, string? variant = null) =>
        new(new Evidence(compared, Figures.Of(figures), variant), null);

    /// <summary>Nothing is configured for this step, or people must act first: pending, never green.</summary>
    public static Outcome Pending(string reason) => new(null, reason);
}
