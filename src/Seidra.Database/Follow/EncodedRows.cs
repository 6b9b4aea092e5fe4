namespace Seidra.Database;

/// <summary>What became of rows that were read: one entry for each that is there.</summary>
internal sealed class EncodedRows
{
    public List<EncodedRow> Placed { get; } = [];

    public List<AsideRow> Aside { get; } = [];

    public List<NoteRow> Notes { get; } = [];

    public List<NameRow> Names { get; } = [];

    public List<OwnerRow> Owners { get; } = [];

    /// <summary>Takes over a chunk but for some rows; the chunk must stay as it is until these are written.</summary>
    public void Add(RowChunk chunk, HashSet<KeyId> without)
    {
        var tuples = chunk.Tuples.WrittenMemory;
        foreach (var row in chunk.Placed)
        {
            if (!without.Contains(row.Key))
                Placed.Add(new EncodedRow(row, tuples.Slice(row.Offset, row.Length)));
        }

        var texts = without.Select(LedgerKey.Plain).ToHashSet(StringComparer.Ordinal);
        Aside.AddRange(chunk.Aside.Where(row => !texts.Contains(row.Key)));
        Notes.AddRange(chunk.Notes.Where(row => !texts.Contains(row.Key)));
        Names.AddRange(chunk.Names.Where(row => !texts.Contains(row.Key)));
        Owners.AddRange(chunk.Owners.Where(row => !texts.Contains(row.Key)));
    }
}

/// <summary>A placed row with its bytes.</summary>
internal readonly record struct EncodedRow(PlacedRow Row, ReadOnlyMemory<byte> Tuple);
