namespace Seidra.Cutover.Bench;

/// <summary>The suites that there are.</summary>
internal static class BenchSuites
{
    private static readonly Dictionary<string, Func<IBenchSuite>> Makers = new(StringComparer.Ordinal)
    {
        ["database"] = () => new DatabaseSuite(),
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyCollection<string> Names => Makers.Keys;

    /// <summary>The suite of a name.</summary>
    /// <exception cref="Steps.StepException">There is none (exit 2).</exception>
    public static IBenchSuite Find(string name) => Makers.TryGetValue(name, out var maker)
        ? maker()
        : throw BenchRequest.Usage($"--suite: expected one of {string.Join(", ", Names)}, found '{name}'");
}
