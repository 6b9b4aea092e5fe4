using System.Globalization;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;

namespace Seidra.Cutover.Bench;

/// <summary>What the command line asks of a benchmark.</summary>
/// <param name="Suite">The suite's name.</param>
/// <param name="Rows">Jobs of Classic, and as many media.</param>
/// <param name="Only">The measurements to run; empty for all.</param>
/// <param name="Repeat">How often each contestant runs.</param>
/// <param name="Measure">The one part to measure in this process; <c>null</c> where this process runs the suite.</param>
/// <param name="Output">The folder of the JSON file; <c>null</c> for <c>artifacts/bench</c>.</param>
internal sealed record BenchRequest(string Suite, int Rows, IReadOnlyList<string> Only, int Repeat, string? Measure, string? Output)
{
    /// <summary>Jobs and media that the bounds are meant for.</summary>
    public const int FullRows = 500_000;

    private const int FewestRows = 500;
    private const int FewestRuns = 3;

    /// <summary>Whether fewer rows are measured than the bounds are meant for: then nothing is judged.</summary>
    public bool Scaled => Rows < FullRows;

    /// <summary>Reads the request.</summary>
    /// <exception cref="StepException">An option has an impossible value (exit 2).</exception>
    public static BenchRequest Of(Func<string, string?> argument)
    {
        var rows = Number(argument, "rows", FullRows, FewestRows, 10_000_000);
        // A median of fewer than three is no median; a scaled run is a look, not a measurement.
        return new BenchRequest(
            argument("suite") ?? throw Usage($"--suite: expected one of {string.Join(", ", BenchSuites.Names)}, found none"),
            rows,
            argument("only")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            Number(argument, "repeat", FewestRuns, rows < FullRows ? 1 : FewestRuns, 99),
            argument("measure"),
            argument("output"));
    }

    /// <summary>An error of usage.</summary>
    public static StepException Usage(string message) => new(ExitCodes.Usage, message);

    private static int Number(Func<string, string?> argument, string name, int otherwise, int least, int most) => argument(name) switch
    {
        null => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most => number,
        var text => throw Usage($"--{name}: expected a number from {least} to {most}, found '{text}'"),
    };
}
