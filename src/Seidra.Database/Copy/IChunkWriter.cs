namespace Seidra.Database;

/// <summary>
/// Writes chunks into the target on a connection of its own: one transaction each, in parts of any size, with the chunk's
/// row in the ledger. After an error it is thrown away.
/// </summary>
internal interface IChunkWriter : IAsyncDisposable
{
    /// <summary>Begins a chunk of a table.</summary>
    Task BeginAsync(TargetTable table, CancellationToken cancel);

    /// <summary>Writes a part of it: rows, quarantine, notes, names, moved keys, owners.</summary>
    Task WriteAsync(RowChunk part, CancellationToken cancel);

    /// <summary>Notes the chunk in the ledger: all but the commit.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="ownRows">How many of its rows are Ultimate's own from now on.</param>
    /// <param name="cancel">Ends the work.</param>
    Task FinishAsync(ChunkEntry chunk, long ownRows, CancellationToken cancel);

    /// <summary>Commits.</summary>
    Task CommitAsync(CancellationToken cancel);

    /// <summary>The chunks of a table that are committed.</summary>
    Task<IReadOnlyList<ChunkEntry>> LedgerAsync(string table, CancellationToken cancel);
}

/// <summary>Opens a writer for either engine.</summary>
internal static class ChunkWriter
{
    public static async Task<IChunkWriter> OpenAsync(DatabaseEndpoint target, CancellationToken cancel) =>
        target.Kind == DatabaseKind.PostgreSql
            ? await PostgresChunkWriter.OpenAsync(target, cancel)
            : await SqliteChunkWriter.OpenAsync(target, cancel);
}
