using System.Data.Common;
using System.Threading.Channels;

namespace Seidra.Database;

/// <summary>A piece of a chunk on its way to the writer.</summary>
internal readonly record struct Part(RangeWork Work, RowChunk Rows, bool IsLast);

/// <summary>
/// Reads and encodes chunk after chunk on a thread of its own, ahead of the writer by a few parts and never more: the parts are
/// reused, so memory does not grow with rows or chunks.
/// </summary>
internal sealed class PartReader
{
    /// <summary>How many parts are under way between reader and writer.</summary>
    public const int Parts = 3;

    private const int PartBytes = 256 << 10;
    private const int PartRows = 2_000;
    private readonly IRowSource _source;
    private readonly Action<IRawRow, RowChunk> _encode;
    private readonly TableCopy _table;
    private readonly Channel<Part> _full = Channel.CreateUnbounded<Part>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly Channel<RowChunk> _free = Channel.CreateUnbounded<RowChunk>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly CancellationToken _cancel;

    /// <param name="source">Where the rows come from.</param>
    /// <param name="encode">Makes them.</param>
    /// <param name="table">Whose chunks are read.</param>
    /// <param name="parts">Empty parts, <see cref="Parts"/> of them; large enough to be kept from table to table.</param>
    /// <param name="cancel">Ends the thread.</param>
    public PartReader(IRowSource source, Action<IRawRow, RowChunk> encode, TableCopy table, IReadOnlyList<RowChunk> parts, CancellationToken cancel)
    {
        _source = source;
        _encode = encode;
        _table = table;
        _cancel = cancel;
        foreach (var part in parts)
        {
            part.Clear();
            part.Table = table.Plan;
            _free.Writer.TryWrite(part);
        }

        Done = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The thread's end; never fails, for an error comes by <see cref="ReadAllAsync"/>.</summary>
    public Task Done { get; }

    /// <summary>All parts, chunk by chunk; ends with the reader's error if it had one.</summary>
    public IAsyncEnumerable<Part> ReadAllAsync() => _full.Reader.ReadAllAsync(_cancel);

    /// <summary>Gives a part back.</summary>
    public void Return(RowChunk rows)
    {
        rows.Clear();
        _free.Writer.TryWrite(rows);
    }

    private void Run()
    {
        try
        {
            while (_table.Take(this) is { } work)
                Read(work);
            _full.Writer.Complete();
        }
        catch (Exception error)
        {
            // Whatever it is, it is the writer's to see: this thread has nobody above it.
            _full.Writer.Complete(error is DbException or IOException ? new SourceFaultException(error) : error);
        }
    }

    private void Read(RangeWork work)
    {
        var rows = Free();
        foreach (var row in _source.Read(_table.Plan, work.Range))
        {
            _cancel.ThrowIfCancellationRequested();
            _encode(row, rows);
            if (rows.Tuples.WrittenCount < PartBytes && rows.SourceRows < PartRows)
                continue;
            _full.Writer.TryWrite(new Part(work, rows, IsLast: false));
            rows = Free();
        }

        _full.Writer.TryWrite(new Part(work, rows, IsLast: true));
    }

    private RowChunk Free()
    {
        RowChunk? rows;
        while (!_free.Reader.TryRead(out rows))
            _free.Reader.WaitToReadAsync(_cancel).AsTask().GetAwaiter().GetResult();
        return rows;
    }
}
