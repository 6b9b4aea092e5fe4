namespace Seidra.Database;

/// <summary>What a plan may take for granted.</summary>
public sealed record PlanOptions
{
    /// <summary>Classic's columns (<c>jobs.legacy_col</c>) and tables (<c>legacy_table</c>) that may stay behind.</summary>
    public IReadOnlyList<string> AcceptUnmapped { get; init; } = [];

    /// <summary>The name of Ultimate's demo account, which no other user may have.</summary>
    public string DemoUsername { get; init; } = "demo";
}
