using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;

namespace Seidra.Cutover.Bench;

/// <summary>One run of a suite: measure, print the table, write the JSON, judge.</summary>
internal static class BenchRun
{
    /// <summary>Runs what is asked for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="folder">Where the JSON goes unless the request names another folder.</param>
    /// <param name="cancel">Ends it; what it started is ended too.</param>
    /// <exception cref="StepException">Wrong usage (2), a bound that does not hold or a failed measurement (1), a bound without its peer (5).</exception>
    public static async Task RunAsync(BenchRequest request, string folder, CancellationToken cancel)
    {
        var suite = BenchSuites.Find(request.Suite);
        if (request.Measure is { } part)
        {
            await suite.MeasureAsync(part, cancel);
            return;
        }

        if (request.Only.FirstOrDefault(name => !suite.RowNames.Contains(name)) is { } unknown)
        {
            throw BenchRequest.Usage($"--only: expected some of {string.Join(", ", suite.RowNames)}, found '{unknown}'");
        }

        var machine = Machine.Current();
        var load = Machine.Load();
        var rows = await suite.RunAsync(request, new BenchLog(Console.Error), cancel);
        var report = new BenchReport(request.Suite, machine, load, request.Rows, request.Repeat, request.Scaled, rows);
        var file = await report.WriteAsync(request.Output ?? folder, cancel);
        await Console.Out.WriteAsync(BenchTable.Render(report));
        await Console.Out.WriteLineAsync(file);
        Judge(report);
    }

    private static void Judge(BenchReport report)
    {
        if (report.Failures.Count > 0)
        {
            throw new StepException(ExitCodes.StepFailed, $"bounds that do not hold:{Lines(report.Failures)}");
        }

        if (report.Unjudged.Count > 0)
        {
            throw new StepException(ExitCodes.Inconclusive, $"bounds that could not be judged:{Lines(report.Unjudged)}");
        }
    }

    private static string Lines(IEnumerable<string> texts) => string.Concat(texts.Select(text => $"{Environment.NewLine}  {text}"));
}
