namespace Seidra.Database;

/// <summary>
/// The chunks of one table and who works on them; shared by the streams. A table whose rows must be seen in one go (names that
/// must differ, keys that may repeat) is one stream's, which reads the chunks of earlier runs too and finds them as they were.
/// </summary>
internal sealed class TableCopy
{
    private readonly Lock _lock = new();
    private readonly IReadOnlyList<RangeWork> _work;

    public TableCopy(TablePlan plan, IReadOnlyList<KeyRange> ranges, IReadOnlyList<ChunkEntry> ledger, bool inOneGo)
    {
        Plan = plan;
        Target = TargetTable.Of(plan);
        var found = ledger.ToDictionary(chunk => chunk.Range);
        _work = [.. ranges.Select(range => new RangeWork(range, found.GetValueOrDefault(ChunkRange.Of(range))))];
        Found = [.. _work.Where(work => work.WasFound)];
        InOneGo = inOneGo;
        IsComplete = _work.All(work => work.WasFound);
    }

    public TablePlan Plan { get; }

    public TargetTable Target { get; }

    /// <summary>Whether one stream must see all rows, those of earlier runs included.</summary>
    public bool InOneGo { get; }

    /// <summary>Whether nothing was left to do when the run began.</summary>
    public bool IsComplete { get; }

    /// <summary>The chunks of earlier runs.</summary>
    public IReadOnlyList<RangeWork> Found { get; }

    /// <summary>The table as the ledger has it.</summary>
    public BulkTable Result(long ownRows)
    {
        lock (_lock)
        {
            var entries = _work.Select(work => work.Entry!).ToList();
            var placed = entries.Sum(entry => entry.PlacedRows);
            return new BulkTable(
                Target.Name,
                entries.Sum(entry => entry.SourceRows),
                placed,
                entries.Sum(entry => entry.AsideRows),
                new TableProof(placed - ownRows, entries.Aggregate(UInt128.Zero, (sum, entry) => unchecked(sum + entry.Sum))),
                _work.Count - Found.Count,
                Found.Count,
                _work.Where(work => !work.WasFound).Sum(work => work.Entry!.SourceRows));
        }
    }

    /// <summary>The next chunk for a worker; null when none is left.</summary>
    public RangeWork? Take(object owner)
    {
        lock (_lock)
        {
            var next = _work.FirstOrDefault(work => work.Owner is null && (work.Entry is null || InOneGo));
            next?.Owner = owner;
            return next;
        }
    }

    /// <summary>A chunk is in the target.</summary>
    public void Complete(RangeWork work, ChunkEntry entry)
    {
        lock (_lock)
        {
            work.Entry = entry;
            work.InDoubt = null;
        }
    }

    /// <summary>A worker failed: what it had taken and not brought in is free again.</summary>
    public void Release(object owner)
    {
        lock (_lock)
        {
            foreach (var work in _work.Where(work => work.Owner == owner && (work.Entry is null || InOneGo)))
                work.Owner = null;
        }
    }
}
