using Seidra.Journal;

namespace Seidra.Reporting;

/// <summary>One line of the guide with the steps that fulfil it; the worst of them speaks for the line.</summary>
/// <param name="Id">The line, e.g. <c>2.4</c>.</param>
/// <param name="Status">Passed, failed, inconclusive, waived or pending.</param>
/// <param name="Steps">The steps, in the order in which they began; those not run yet last.</param>
/// <param name="NotRun">Whether a step of this line has not run yet.</param>
public sealed record GuideLine(string Id, StepStatus Status, IReadOnlyList<StepState> Steps, bool NotRun)
{
    /// <summary>The steps' names.</summary>
    public string StepNames => string.Join(", ", Steps.Select(step => step.Name));

    /// <summary>The working time of all its steps.</summary>
    public TimeSpan Duration => Steps.Aggregate(TimeSpan.Zero, (sum, step) => sum + step.Duration);

    /// <summary>What was verified, awaited or found wrong; one sentence for each step.</summary>
    public string EvidenceText(string language) =>
        string.Join(" · ", Steps.Select(step => StepText.Detail(step, language)));
}
