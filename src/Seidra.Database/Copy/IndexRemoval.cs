using Npgsql;

namespace Seidra.Database;

/// <summary>
/// Takes indexes, keys and foreign keys off empty tables, so that the load need not keep them up row by row. What makes them
/// again is noted in the same transaction: whatever happens later, nothing is forgotten.
/// </summary>
internal static class IndexRemoval
{
    /// <summary>Statements behind a transaction that runs longer would hold up everybody who comes after them.</summary>
    private const string LockTimeout = "SET LOCAL lock_timeout = '2s'";

    /// <returns>How many were taken away.</returns>
    public static async Task<int> RunAsync(NpgsqlConnection connection, IReadOnlyList<TargetTable> tables, Action<string>? log, CancellationToken cancel)
    {
        var count = 0;
        if (tables.Count > 0)
            await new Patience(log).RunAsync("indexes", async () => count = await RemoveAsync(connection, tables, cancel), cancel, connection);
        return count;
    }

    private static async Task<int> RemoveAsync(NpgsqlConnection connection, IReadOnlyList<TargetTable> tables, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.RunAsync(LockTimeout, cancel);
        var facts = await IndexCatalog.ReadAsync(connection, tables, cancel);
        foreach (var fact in facts)
        {
            await fact.Step.NoteAsync(connection, cancel);
            await connection.RunAsync(fact.Drop, cancel);
        }

        await transaction.CommitAsync(cancel);
        return facts.Count;
    }
}
