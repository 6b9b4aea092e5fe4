namespace Seidra.Database;

/// <summary>Rows done, counted by several streams.</summary>
internal sealed class BulkProgress(MigrationOptions options, long total)
{
    private readonly Lock _lock = new();
    private readonly ProgressTicker _ticker = new(options.Progress, total);
    private long _rows;

    /// <summary>Gets plain lines.</summary>
    public Action<string>? Log => options.Log;

    public void Add(long rows)
    {
        lock (_lock)
            _ticker.Partial(_rows += rows);
    }

    /// <summary>A chunk is committed.</summary>
    public void Chunk()
    {
        lock (_lock)
            options.Bulk.OnChunk?.Invoke(_rows);
    }

    /// <summary>Reports the last state in any case.</summary>
    public void End()
    {
        lock (_lock)
            _ticker.Complete(_rows);
    }
}
