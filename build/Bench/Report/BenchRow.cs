namespace Seidra.Cutover.Bench;

/// <summary>One measurement.</summary>
/// <param name="Name">Its name in table, JSON and <c>--only</c>.</param>
internal sealed record BenchRow(string Name)
{
    /// <summary>What ours cost; <c>null</c> where no cost was measured.</summary>
    public Cost? Ours { get; init; }

    /// <summary>What the peer cost; <c>null</c> where there is none, or none was to be had.</summary>
    public PeerCost? Peer { get; init; }

    /// <summary>The greatest quotients allowed; <c>null</c> where none is set.</summary>
    public Ratio? Bound { get; init; }

    /// <summary>Other values by name.</summary>
    public IReadOnlyDictionary<string, Figure> Figures { get; init; } = new Dictionary<string, Figure>();

    /// <summary>Why something was not measured; <c>null</c> where all was.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether ours failed: that is never a matter of scale.</summary>
    public bool Failed { get; init; }

    /// <summary>Ours divided by the peer's.</summary>
    public Ratio? Ratio => Ours is { } ours && Peer is { } peer ? Seidra.Cutover.Bench.Ratio.Of(ours, peer.Cost) : null;

    /// <summary>Whether all bounds hold; <c>null</c> where one has nothing to be compared with, and none is broken.</summary>
    public bool? Holds => Failed || Broken.Any() ? false : Bound is not null && Ratio is null ? null : true;

    /// <summary>Each bound that does not hold, in words.</summary>
    public IEnumerable<string> Broken =>
        (Bound is { } bound && Ratio is { } ratio ? ratio.Exceeding(bound) : [])
        .Concat(Figures.Where(figure => !figure.Value.Holds).Select(figure => $"{figure.Key} {figure.Value}"));
}
