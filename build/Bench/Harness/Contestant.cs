namespace Seidra.Cutover.Bench;

/// <summary>One way of doing the work that is measured.</summary>
/// <param name="Name">Its name, with version where it is a peer's.</param>
/// <param name="Command">What is typed to run it; it holds no secret.</param>
/// <param name="RunAsync">
/// Prepares (not measured), runs (measured), checks that the work was really done, and cleans up.
/// </param>
internal sealed record Contestant(string Name, string Command, Func<CancellationToken, Task<ContestantRun>> RunAsync);

/// <summary>One run of a contestant.</summary>
/// <param name="Cost">What it cost.</param>
/// <param name="Figures">Values that it told itself, by name.</param>
internal sealed record ContestantRun(Cost Cost, IReadOnlyDictionary<string, double> Figures)
{
    /// <summary>A run that told nothing but its cost.</summary>
    public ContestantRun(Cost cost)
        : this(cost, new Dictionary<string, double>())
    {
    }
}
