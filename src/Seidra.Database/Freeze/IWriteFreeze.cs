namespace Seidra.Database;

/// <summary>
/// Classic's database while it takes no writes. Until <see cref="CommitAsync"/> the freeze is a lock that dies with this
/// process; after it, refusals that end by themselves at the deadline; after <see cref="FinaliseAsync"/>, for good. Disposed
/// without commit, everything is as before.
/// </summary>
public interface IWriteFreeze : IAsyncDisposable
{
    /// <summary>The tables that are frozen.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <summary>When Classic writes again by itself, by its database's clock.</summary>
    DateTimeOffset Until { get; }

    /// <summary>Tries to write to every table from another connection.</summary>
    /// <returns>How many tables were tried; all refused.</returns>
    /// <exception cref="DatabaseException">A write went through (it was rolled back).</exception>
    Task<int> ProveAsync(CancellationToken cancel = default);

    /// <summary>Makes the refusal outlive this process, until the deadline.</summary>
    /// <exception cref="DatabaseException">The deadline has passed or the lock was lost: Classic writes again.</exception>
    Task CommitAsync(CancellationToken cancel = default);

    /// <summary>Makes the refusal last for good.</summary>
    /// <returns>Whether no write can have come in between; false when the deadline had passed before.</returns>
    /// <exception cref="DatabaseException">The freeze was not committed.</exception>
    Task<bool> FinaliseAsync(CancellationToken cancel = default);
}
