namespace Seidra.Database;

/// <summary>How the bulk copy works; the defaults are what was measured to be best.</summary>
internal sealed record BulkTuning
{
    /// <summary>Rows of Classic per chunk: what a kill costs.</summary>
    public int ChunkRows { get; init; } = 10_000;

    /// <summary>Streams at the same time on PostgreSQL; SQLite has one writer.</summary>
    public int Streams { get; init; } = 2;

    /// <summary>Tables with so many planned rows lose their indexes for the load.</summary>
    public long BareRows { get; init; } = 20_000;

    /// <summary>Told the rows done so far after each chunk.</summary>
    public Action<long>? OnChunk { get; init; }

    /// <summary>What making the indexes again is given.</summary>
    public IndexSession Indexes { get; init; } = new(MemoryMegabytes: 256, Workers: 1);
}
