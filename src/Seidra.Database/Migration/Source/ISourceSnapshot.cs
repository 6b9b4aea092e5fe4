namespace Seidra.Database;

/// <summary>Classic as it was at one moment, whatever is written to it meanwhile.</summary>
internal interface ISourceSnapshot : IAsyncDisposable
{
    /// <summary>All rows of a table in the order of <see cref="RowKey"/>.</summary>
    IAsyncEnumerable<ISourceRow> ReadAsync(TablePlan table, CancellationToken cancel);

    /// <summary>The values of the key column, in any order.</summary>
    IAsyncEnumerable<object?> KeysAsync(TablePlan table, CancellationToken cancel);
}
