namespace Seidra.Database;

/// <summary>One chunk to be copied.</summary>
internal sealed class RangeWork(KeyRange range, ChunkEntry? found)
{
    public KeyRange Range => range;

    /// <summary>Its entry in the ledger, by an earlier run or by this one.</summary>
    public ChunkEntry? Entry { get; set; } = found;

    /// <summary>Whether an earlier run copied it.</summary>
    public bool WasFound { get; } = found is not null;

    /// <summary>Who works on it; null for nobody.</summary>
    public object? Owner { get; set; }

    /// <summary>What it comes to when its commit had no answer.</summary>
    public RangeTally? InDoubt { get; set; }
}

/// <summary>What a chunk's rows come to.</summary>
internal sealed class RangeTally
{
    public long SourceRows { get; private set; }

    public UInt128 Sum { get; private set; }

    public long DemoRows { get; private set; }

    public List<KeyId> Placed { get; } = [];

    public List<KeyId> Aside { get; } = [];

    public long AsideRows { get; private set; }

    public void Add(RowChunk part)
    {
        SourceRows += part.SourceRows;
        Sum = unchecked(Sum + part.Sum);
        AsideRows += part.Aside.Count;
        foreach (var row in part.Placed)
        {
            Placed.Add(row.Key);
            DemoRows += row.IsDemo ? 1 : 0;
        }

        foreach (var row in part.Aside)
        {
            if (row.Reason != Reasons.MissingKey && KeyId.Of(row.Key) is { } key)
                Aside.Add(key);
        }
    }

    /// <summary>Begins anew and keeps its lists: they are as long as a chunk.</summary>
    public void Clear()
    {
        (SourceRows, Sum, DemoRows, AsideRows) = (0, 0, 0, 0);
        Placed.Clear();
        Aside.Clear();
    }

    public ChunkEntry Entry(KeyRange range) => new(ChunkRange.Of(range), SourceRows, Placed.Count, AsideRows, Sum);
}
