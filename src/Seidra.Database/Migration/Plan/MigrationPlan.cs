namespace Seidra.Database;

/// <summary>How a Classic database becomes an Ultimate one: checked against the real catalog, nothing read or moved yet.</summary>
public sealed class MigrationPlan
{
    internal MigrationPlan(ClassicShape shape, IReadOnlyList<TablePlan> tables, IReadOnlyList<string> unmapped, string fingerprint, PlanOptions options)
    {
        Shape = shape;
        Tables = tables;
        Unmapped = unmapped;
        Fingerprint = fingerprint;
        Options = options;
    }

    /// <summary>The shape of the source.</summary>
    public ClassicShape Shape { get; }

    /// <summary>The tables, parents before children.</summary>
    public IReadOnlyList<TablePlan> Tables { get; }

    /// <summary>Classic's tables and columns that stay behind, each accepted by the options.</summary>
    public IReadOnlyList<string> Unmapped { get; }

    /// <summary>A hash of map and binding: rows moved by another plan are looked at again.</summary>
    internal string Fingerprint { get; }

    internal PlanOptions Options { get; }
}
