namespace Seidra.Cutover.Bench;

/// <summary>A measurement that fills one or more rows of the table.</summary>
internal interface IBenchCase
{
    /// <summary>The rows it fills.</summary>
    IReadOnlyList<string> RowNames { get; }

    /// <summary>Measures.</summary>
    /// <param name="rig">Server and data.</param>
    /// <param name="wanted">Those of <see cref="RowNames"/> that are asked for.</param>
    /// <param name="cancel">Ends it.</param>
    Task<IReadOnlyList<BenchRow>> RunAsync(BenchRig rig, IReadOnlyCollection<string> wanted, CancellationToken cancel);
}
