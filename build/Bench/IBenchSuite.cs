namespace Seidra.Cutover.Bench;

/// <summary>A set of measurements that share servers and data.</summary>
internal interface IBenchSuite
{
    /// <summary>The rows of its table, in order.</summary>
    IReadOnlyList<string> RowNames { get; }

    /// <summary>Runs what the request asks for; whatever it started is gone afterwards.</summary>
    Task<IReadOnlyList<BenchRow>> RunAsync(BenchRequest request, BenchLog log, CancellationToken cancel);

    /// <summary>Measures one part in this very process and prints what it found as lines of JSON.</summary>
    Task MeasureAsync(string name, CancellationToken cancel);
}
