namespace Seidra.Database;

/// <summary>Ultimate's database as the migration writes it. Every change is one transaction, its ledger included.</summary>
internal interface IMigrationTarget : IAsyncDisposable
{
    /// <summary>Makes the ledger, quarantine and notes tables where they are missing.</summary>
    Task PrepareAsync(CancellationToken cancel);

    /// <summary>Rows of a table that the ledger does not know and Ultimate does not own.</summary>
    Task<long> ForeignRowsAsync(TargetTable table, CancellationToken cancel);

    /// <summary>Ledger entries of a table behind a key, in the order of the source.</summary>
    Task<IReadOnlyList<LedgerEntry>> LedgerAsync(string table, RowKey? after, int limit, CancellationToken cancel);

    /// <summary>Numbers that have another number in Ultimate.</summary>
    Task<IReadOnlyDictionary<long, long>> MovedAsync(string table, CancellationToken cancel);

    /// <summary>Keys of the rows that Ultimate owns.</summary>
    Task<IReadOnlyList<long>> OwnKeysAsync(TargetTable table, CancellationToken cancel);

    /// <summary>The highest number among the keys; 0 in an empty table.</summary>
    Task<long> HighestKeyAsync(TargetTable table, CancellationToken cancel);

    /// <summary>Writes changes, their ledger, notes and quarantine.</summary>
    /// <param name="table">The table.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="fresh">Whether the ledger knew no row of this table, so that no name can be in anyone's way.</param>
    /// <param name="cancel">Ends the work before the commit.</param>
    Task ApplyAsync(TargetTable table, IReadOnlyList<RowChange> changes, bool fresh, CancellationToken cancel);

    /// <summary>Removes rows and their ledger.</summary>
    Task RemoveAsync(TargetTable table, IReadOnlyList<RowRemoval> removals, CancellationToken cancel);

    /// <summary>Sets the sequence of a numeric key behind all keys.</summary>
    Task SetSequenceAsync(TargetTable table, CancellationToken cancel);

    /// <summary>All rows but Ultimate's own, as values of the columns, the key first.</summary>
    IAsyncEnumerable<object?[]> ReadAsync(TargetTable table, CancellationToken cancel);

    /// <summary>Whether Ultimate's own demo account is there.</summary>
    Task<bool> HasDemoAccountAsync(CancellationToken cancel);

    /// <summary>Rows of the quarantine or the notes table by reason.</summary>
    Task<IReadOnlyDictionary<string, long>> CountAsync(string ledgerTable, CancellationToken cancel);

    /// <summary>Keys and reasons in quarantine.</summary>
    IAsyncEnumerable<(string Key, string Reason)> QuarantineAsync(string table, CancellationToken cancel);
}
