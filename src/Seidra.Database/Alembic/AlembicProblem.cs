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
