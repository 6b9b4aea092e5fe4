using System.Data.Common;

namespace Seidra.Database;

/// <summary>
/// What changed between the last confirmed set and one exact moment, by key alone, with the database as it was at that moment:
/// rows are read from <see cref="Snapshot"/>, so that no order of commits and no row image matters.
/// </summary>
/// <param name="Keys">The keys that were inserted, updated or deleted, by table; a superset is harmless. No table with no key.</param>
/// <param name="Changes">How many row changes the keys stand for.</param>
/// <param name="Truncated">Tables that were emptied as a whole (TRUNCATE): every row of theirs may be gone.</param>
/// <param name="Position">How far the set reaches, in the words of the capture; to be kept with what was applied.</param>
/// <param name="Since">When the oldest of the changes was committed or first seen; null where there is none.</param>
/// <param name="Snapshot">Stands in a read-only transaction; open as long as the set.</param>
internal sealed record ChangeSet(
    IReadOnlyDictionary<string, IReadOnlyCollection<KeyId>> Keys,
    long Changes,
    IReadOnlyCollection<string> Truncated,
    string Position,
    DateTimeOffset? Since,
    DbConnection Snapshot) : IAsyncDisposable
{
    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Keys.Count == 0 && Truncated.Count == 0;

    public ValueTask DisposeAsync() => Snapshot.DisposeAsync();
}
