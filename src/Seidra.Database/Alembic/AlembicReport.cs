namespace Seidra.Database;

/// <summary>What can be wrong between a chain of Alembic revisions and a database.</summary>
public enum AlembicProblemKind
{
    /// <summary>The folder of revisions is missing or holds none.</summary>
    NoRevisions,

    /// <summary>A file of the folder states no revision, or one that needs Python to be known.</summary>
    UnreadableFile,

    /// <summary>Two files state the same revision.</summary>
    DuplicateRevision,

    /// <summary>A revision names a parent that does not exist.</summary>
    BrokenLink,

    /// <summary>Revisions are each other's ancestors.</summary>
    Cycle,

    /// <summary>More than one revision has no child.</summary>
    SeveralHeads,

    /// <summary>The database holds tables but states no revision.</summary>
    Unstamped,

    /// <summary>The database states a revision that no file has.</summary>
    UnknownRevision,
}

/// <summary>One problem, as a sentence with what to do.</summary>
/// <param name="Kind">What sort.</param>
/// <param name="Message">What was expected, what was found, what to do.</param>
public sealed record AlembicProblem(AlembicProblemKind Kind, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Message;
}

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
