namespace Seidra.Database;

/// <summary>What a file of Alembic's <c>versions</c> folder states.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="Revision">The revision it makes; null when the file states none that can be read.</param>
/// <param name="Parents">The revisions it follows; empty for a base.</param>
/// <param name="Problem">Why the statement cannot be read; null when it can.</param>
internal sealed record RevisionFile(string FileName, string? Revision, IReadOnlyList<string> Parents, string? Problem)
{
    /// <summary>Its name without the ending, which people mistake for the revision.</summary>
    public string Stem => Path.GetFileNameWithoutExtension(FileName);
}
