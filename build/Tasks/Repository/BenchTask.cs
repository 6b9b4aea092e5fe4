using Cake.Frosting;
using Seidra.Cutover.Bench;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;

namespace Seidra.Cutover.Tasks.Repository;

/// <summary>The figures that the product promises, beside its peers.</summary>
[TaskName("Bench")]
[TaskDescription("Measure the product beside its peers in one run: a table, and artifacts/bench/SUITE.json")]
[TaskArgument("suite", "What is measured", ValueName = "NAME", Values = "database")]
[TaskArgument("rows", "Jobs of Classic, and as many media (default 500000); with fewer nothing is judged", ValueName = "N")]
[TaskArgument("only", "Run only these measurements, by their names in the table", ValueName = "NAME,...")]
[TaskArgument("repeat", "Runs of each, of which the median counts (default and least 3)", ValueName = "N")]
[TaskArgument("output", "Folder of the JSON file (default artifacts/bench)", ValueName = "DIR")]
[TaskArgument("measure", "One measured part, which the suite starts by itself as a process of its own", ValueName = "NAME")]
public sealed class BenchTask : AsyncFrostingTask<IRepositoryContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(IRepositoryContext context) =>
        BenchRun.RunAsync(BenchRequest.Of(context.Argument), Path.Combine(context.Repository, "artifacts", "bench"), context.Cancellation);
}
