namespace Seidra.Cutover.Bench;

/// <summary>What one run cost the client's side.</summary>
/// <param name="WallS">Seconds by the clock.</param>
/// <param name="ClientCpuS">User and system seconds of the process and all below it.</param>
/// <param name="RssMb">Peak resident memory of its largest process, in MiB.</param>
internal sealed record Cost(double WallS, double ClientCpuS, double RssMb)
{
    /// <summary>The medians of each figure by itself.</summary>
    public static Cost Median(IReadOnlyCollection<Cost> runs) => new(
        Statistics.Median(runs.Select(run => run.WallS)),
        Statistics.Median(runs.Select(run => run.ClientCpuS)),
        Statistics.Median(runs.Select(run => run.RssMb)));

    /// <summary>Both, one after the other.</summary>
    public Cost Then(Cost next) => new(WallS + next.WallS, ClientCpuS + next.ClientCpuS, Math.Max(RssMb, next.RssMb));
}
