using System.Data.Common;
using Npgsql;

namespace Seidra.Database;

/// <summary>One run of the bulk copy: what its tables share.</summary>
internal sealed class BulkRun : IAsyncDisposable
{
    // Each time Classic renamed somebody between two runs; more often than this is a fault of another kind.
    private const int TableStarts = 3;
    private readonly IRowMaker _rows;
    private readonly DatabaseEndpoint _target;
    private readonly MigrationPlan _plan;
    private readonly MigrationOptions _options;
    private readonly DbConnection _control;
    private readonly BulkProgress _progress;
    private readonly List<BulkStream> _streams = [];
    private IndexBuilder? _builder;

    private BulkRun(IRowMaker rows, DatabaseEndpoint target, MigrationPlan plan, MigrationOptions options, DbConnection control)
    {
        _rows = rows;
        _target = target;
        _plan = plan;
        _options = options;
        _control = control;
        _progress = new BulkProgress(options, plan.Tables.Sum(table => table.Rows));
    }

    public static async Task<BulkRun> OpenAsync(IRowMaker rows, DatabaseEndpoint target, MigrationPlan plan, MigrationOptions options, CancellationToken cancel) =>
        new(rows, target, plan, options, await BulkCopy.OpenAsync(target, cancel));

    public async Task<BulkResult> RunAsync(CancellationToken cancel)
    {
        await TargetGuard.RequireTablesAsync(_target, _control, _plan, cancel);
        await TargetGuard.RequireOwnRowsAsync(_target, _control, _plan, cancel);
        await _control.PrepareLedgerAsync(_target.Kind, cancel);
        await RequirePlanAsync(cancel);
        for (var count = 0; count < (_target.Kind == DatabaseKind.PostgreSql ? _options.Bulk.Streams : 1); count++)
            _streams.Add(new BulkStream(_rows, _target, _progress));
        // What is known beforehand and the rows of tables that must be seen in one go come from one snapshot: the first stream's.
        await _rows.PrepareAsync(await _streams[0].SourceAsync(cancel), _control, cancel);
        await RemoveIndexesAsync(cancel);
        var result = new List<BulkTable>();
        foreach (var table in _plan.Tables.OrderBy(table => table.Derived is not null))
            result.Add(await CopyAsync(table, cancel));
        await (_builder?.FinishAsync() ?? Task.CompletedTask);
        await TargetSequences.SetAsync(_control, _plan, cancel);
        _progress.End();
        return new BulkResult([.. _plan.Tables.Select(table => result.Single(done => done.Name == table.Target))]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var stream in _streams)
            await stream.DisposeAsync();
        await (_builder?.DisposeAsync() ?? default);
        await _control.DisposeAsync();
    }

    private async Task RequirePlanAsync(CancellationToken cancel)
    {
        var noted = await LedgerState.GetAsync(_control, LedgerState.Plan, cancel);
        if (noted is not null && noted != _plan.Fingerprint)
            throw new DatabaseException($"Expected rows of this plan in {_target.Display}, found chunks that were copied by another schema map or from other columns; nothing was changed. Start the copy afresh: BulkCopy.ResetAsync, then again.");
        await LedgerState.SetAsync(_control, LedgerState.Plan, _plan.Fingerprint, cancel);
    }

    private async Task RemoveIndexesAsync(CancellationToken cancel)
    {
        if (_control is not NpgsqlConnection postgres)
            return;
        var bare = new List<TargetTable>();
        foreach (var table in _plan.Tables.Where(table => table.Rows >= _options.Bulk.BareRows))
        {
            if ((await ChunkLedger.ReadAsync(_control, table.Target, cancel)).Count == 0)
                bare.Add(TargetTable.Of(table));
        }

        await IndexRemoval.RunAsync(postgres, bare, _options.Log, cancel);
        _builder = new IndexBuilder(
            _target, await IndexStep.PendingAsync(_control, cancel), _plan.Tables.Select(table => table.Target), _options.Bulk.Indexes, _options.Log, cancel);
    }

    private async Task<BulkTable> CopyAsync(TablePlan table, CancellationToken cancel)
    {
        for (var start = 1; ; start++)
        {
            try
            {
                return table.Derived is null ? await CopyAsync(table, _streams, cancel) : await DeriveAsync(table, cancel);
            }
            catch (TableChangedException) when (start < TableStarts)
            {
                _options.Log?.Invoke($"{table.Target}: Classic changed what was copied of it; it is copied again");
                await BulkReset.TableAsync(_control, TargetTable.Of(table), cancel);
            }
        }
    }

    private async Task<BulkTable> CopyAsync(TablePlan table, IReadOnlyList<BulkStream> streams, CancellationToken cancel)
    {
        var source = await streams[0].SourceAsync(cancel);
        var ranges = await TableRanges.OfAsync(_control, source, table, _options.Bulk.ChunkRows, cancel);
        var ledger = await ChunkLedger.ReadAsync(_control, table.Target, cancel);
        var inOneGo = TargetTable.Of(table).Unique.Count > 0 || !source.HasUniqueKey(table);
        var copy = new TableCopy(table, ranges, ledger, inOneGo);
        if (!copy.IsComplete)
            await RunAsync(inOneGo ? streams.Take(1) : streams, copy, cancel);
        _builder?.Loaded(table.Target);
        _builder?.ThrowIfFailed();
        var isRead = inOneGo && !copy.IsComplete;
        if (copy.Found.Count > 0 && !isRead && await IsAskedForAsync(table, cancel))
        {
            await (_builder?.KeysAsync(table.Target) ?? Task.CompletedTask);
            await KnownKeys.LearnAsync(_rows, copy, await streams[0].SourceAsync(cancel), _control, cancel);
        }

        return copy.Result(await ChunkLedger.OwnAsync(_control, table.Target, cancel));
    }

    // Rows made of others are read by the owners that the target's ledger has, in the same chunks.
    private async Task<BulkTable> DeriveAsync(TablePlan table, CancellationToken cancel)
    {
        var owners = _plan.Tables.First(other => other.Target == DerivedEncoder.OwnerTable(table));
        await using var stream = new BulkStream(new DerivedMaker(_rows, _target, table, owners), _target, _progress);
        return await CopyAsync(table, [stream], cancel);
    }

    private static async Task RunAsync(IEnumerable<BulkStream> streams, TableCopy copy, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var work = streams.Select(stream => Task.Run(() => stream.RunAsync(copy, stop.Token), CancellationToken.None)).ToList();
        while (work.Count > 0)
        {
            var ended = await Task.WhenAny(work);
            work.Remove(ended);
            if (ended.IsCompletedSuccessfully)
                continue;
            await stop.CancelAsync();
            await Task.WhenAll(work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ended;
        }
    }

    /// <summary>Whether rows that are still to be made point to rows of this table.</summary>
    private async Task<bool> IsAskedForAsync(TablePlan table, CancellationToken cancel)
    {
        foreach (var child in _plan.Tables.Where(child => child != table && child.Binding.Columns.Any(column => column.Rule.Reference == table.Target)))
        {
            if (!await TableRanges.AreDoneAsync(_control, child.Target, cancel))
                return true;
        }

        return false;
    }
}
