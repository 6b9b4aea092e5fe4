namespace Seidra.Database;

/// <summary>Classic's writes, held by this process. Disposing it before <see cref="CommitAsync"/> leaves everything as it was.</summary>
public interface IWriteFreeze : IAsyncDisposable
{
    /// <summary>When the freeze ends by itself, UTC.</summary>
    DateTimeOffset Until { get; }

    /// <summary>Tries a write on every table from a connection of its own; each must be refused or kept waiting.</summary>
    /// <returns>The number of tables tried.</returns>
    /// <exception cref="DatabaseException">A write went through; the tables are named.</exception>
    Task<int> ProveAsync(CancellationToken cancel = default);

    /// <summary>Makes the refusal outlive this process, until <see cref="Until"/>: writers that waited are refused now.</summary>
    /// <exception cref="DatabaseException">The freeze was lost before (a broken connection, the deadline).</exception>
    Task CommitAsync(CancellationToken cancel = default);

    /// <summary>Makes the refusal final: Classic takes no writes any more, whatever the time.</summary>
    Task FinaliseAsync(CancellationToken cancel = default);
}
