namespace Seidra.Database;

/// <summary>What an inspection found; nothing was changed.</summary>
public sealed record AlembicReport
{
    /// <summary>Whether the database states a revision.</summary>
    public required bool Stamped { get; init; }

    /// <summary>The revisions that the database states; more than one after unmerged branches.</summary>
    public required IReadOnlyList<string> Revisions { get; init; }

    /// <summary>The revisions without children in the checkout; empty when no folder was given.</summary>
    public required IReadOnlyList<string> ChainHeads { get; init; }

    /// <summary>Revisions that the database still lacks, in the order they apply; empty for an unstamped database.</summary>
    public required IReadOnlyList<string> Pending { get; init; }

    /// <summary>Everything found wrong.</summary>
    public required IReadOnlyList<AlembicProblem> Problems { get; init; }

    /// <summary>The shape of the tables.</summary>
    public required ClassicShape Shape { get; init; }

    /// <summary>Number of tables in the database.</summary>
    public required int Tables { get; init; }
}
