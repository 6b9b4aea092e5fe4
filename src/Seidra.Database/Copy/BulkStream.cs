namespace Seidra.Database;

/// <summary>
/// One of the streams that copy at the same time: a thread that reads and encodes, a writer that stores, a connection to each
/// side, kept from table to table. An error that may pass costs the open chunk and both connections.
/// </summary>
internal sealed class BulkStream(IRowMaker rows, DatabaseEndpoint target, BulkProgress progress) : IAsyncDisposable
{
    private readonly List<RowChunk> _parts = [];
    private IRowSource? _source;
    private IChunkWriter? _writer;

    /// <summary>The stream's own source, opened where it is not; for use while the stream does not run.</summary>
    public async Task<IRowSource> SourceAsync(CancellationToken cancel) => _source ??= await rows.OpenSourceAsync(cancel);

    /// <summary>Copies chunks of a table until none is left.</summary>
    /// <exception cref="TableChangedException">A table that must be seen in one go was another when its first chunks were copied.</exception>
    public async Task RunAsync(TableCopy table, CancellationToken cancel)
    {
        var patience = new Patience(progress.Log);
        if (table.InOneGo)
        {
            // With another snapshot of Classic all that is known of its names would be another: the whole run begins again.
            await WorkAsync(table, patience, cancel);
            return;
        }

        await patience.RunAsync(table.Target.Name, () => WorkAsync(table, patience, cancel), cancel);
    }

    public async ValueTask DisposeAsync()
    {
        var (source, writer) = (_source, _writer);
        (_source, _writer) = (null, null);
        if (writer is not null)
            await writer.DisposeAsync();
        if (source is not null)
            await source.DisposeAsync();
    }

    private async Task WorkAsync(TableCopy table, Patience patience, CancellationToken cancel)
    {
        try
        {
            _source = await SourceAsync(cancel);
            _writer ??= await ChunkWriter.OpenAsync(target, cancel);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            while (_parts.Count < PartReader.Parts)
                _parts.Add(new RowChunk(table.Plan));
            var reader = new PartReader(_source, rows.Encoder(table.Plan, _source), table, _parts, stop.Token);
            try
            {
                await CopyAsync(table, reader, _writer, patience, cancel);
            }
            catch
            {
                await stop.CancelAsync();
                throw;
            }
            finally
            {
                await reader.Done;
                table.Release(reader);
            }
        }
        catch
        {
            await DropAsync();
            throw;
        }
    }

    private async Task CopyAsync(TableCopy table, PartReader reader, IChunkWriter writer, Patience patience, CancellationToken cancel)
    {
        var (tally, kind) = (new RangeTally(), ChunkKind.Unknown);
        await foreach (var (work, part, isLast) in reader.ReadAllAsync())
        {
            try
            {
                if (kind == ChunkKind.Unknown)
                    kind = await BeginAsync(table, work, writer, cancel);
                tally.Add(part);
                progress.Add(part.SourceRows);
                if (kind == ChunkKind.New)
                    await writer.WriteAsync(part, cancel);
                reader.Return(part);
                if (!isLast)
                    continue;
                await EndAsync(table, work, kind, tally, writer, cancel);
            }
            catch (Exception error) when (Faults.IsDuplicate(error) && work.InDoubt is not null)
            {
                // The commit that had no answer came through after all.
                throw new TimeoutException("A commit took longer than its connection lasted.", error);
            }

            patience.Renew();
            tally.Clear();
            kind = ChunkKind.Unknown;
        }
    }

    private static async Task<ChunkKind> BeginAsync(TableCopy table, RangeWork work, IChunkWriter writer, CancellationToken cancel)
    {
        if (work.Entry is not null)
            return ChunkKind.Found;
        // A commit whose answer was lost may have been made; the ledger knows.
        if (work.InDoubt is not null && (await writer.LedgerAsync(table.Target.Name, cancel)).Any(entry => entry.Range == ChunkRange.Of(work.Range)))
            return ChunkKind.Settled;
        await writer.BeginAsync(table.Target, cancel);
        return ChunkKind.New;
    }

    private async Task EndAsync(TableCopy table, RangeWork work, ChunkKind kind, RangeTally tally, IChunkWriter writer, CancellationToken cancel)
    {
        var entry = tally.Entry(work.Range);
        switch (kind)
        {
            case ChunkKind.Found when work.Entry != entry:
                throw new TableChangedException(table.Target.Name);
            case ChunkKind.New:
                await writer.FinishAsync(entry, tally.DemoRows, cancel);
                work.InDoubt = tally;
                await writer.CommitAsync(cancel);
                break;
            case ChunkKind.Settled:
                // What was committed counts, not what was read again.
                tally = work.InDoubt!;
                entry = tally.Entry(work.Range);
                break;
        }

        table.Complete(work, entry);
        rows.Learn(table.Target.Name, tally.Placed, tally.Aside);
        progress.Chunk();
    }

    private async Task DropAsync()
    {
        try
        {
            await DisposeAsync();
        }
        catch (Exception error) when (Faults.IsPassing(error) || error is System.Data.Common.DbException or InvalidOperationException)
        {
            // The connections are broken; that is why they are dropped.
        }
    }
}

/// <summary>How a chunk stands when its first rows are read.</summary>
internal enum ChunkKind
{
    /// <summary>Not looked at yet.</summary>
    Unknown,

    /// <summary>To be written.</summary>
    New,

    /// <summary>Written before; read to be sure, and for what must be known of its rows.</summary>
    Found,

    /// <summary>Its commit had no answer, and was made.</summary>
    Settled,
}

/// <summary>Thrown where the copied part of a table is no longer what Classic has: the table is copied anew.</summary>
internal sealed class TableChangedException(string table) : Exception($"{table} changed in Classic since its first chunks were copied.");
