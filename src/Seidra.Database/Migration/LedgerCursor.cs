namespace Seidra.Database;

/// <summary>
/// Walks the ledger of one table beside the source, page by page: what this pass writes lies behind the cursor, so it is
/// never read again.
/// </summary>
internal sealed class LedgerCursor(IMigrationTarget target, string table)
{
    private const int PageRows = 5_000;
    private IReadOnlyList<LedgerEntry> _page = [];
    private int _index;
    private bool _last;

    /// <summary>The entry at hand; null behind the last one.</summary>
    public LedgerEntry? Current => _index < _page.Count ? _page[_index] : null;

    public async Task StartAsync(CancellationToken cancel) => await LoadAsync(null, cancel);

    public async Task NextAsync(CancellationToken cancel)
    {
        if (++_index == _page.Count && !_last)
            await LoadAsync(_page[^1].Key, cancel);
    }

    private async Task LoadAsync(RowKey? after, CancellationToken cancel)
    {
        _page = await target.LedgerAsync(table, after, PageRows, cancel);
        _last = _page.Count < PageRows;
        _index = 0;
    }
}
