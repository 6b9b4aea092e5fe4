using System.Buffers;

namespace Seidra.Database;

/// <summary>
/// Rows of one table on their way, and everything that is written with them in one transaction. Reused: <see cref="Clear"/>.
/// </summary>
internal sealed class RowChunk(TablePlan table)
{
    /// <summary>Where the rows belong; an empty chunk may be used for another table.</summary>
    public TablePlan Table { get; set; } = table;

    /// <summary>The placed rows as PostgreSQL's binary COPY has them (without header and trailer), one behind the other.</summary>
    public ArrayBufferWriter<byte> Tuples { get; } = new();

    /// <summary>One entry per placed row, in the order of <see cref="Tuples"/>.</summary>
    public List<PlacedRow> Placed { get; } = [];

    /// <summary>Rows kept aside.</summary>
    public List<AsideRow> Aside { get; } = [];

    /// <summary>Altered values.</summary>
    public List<NoteRow> Notes { get; } = [];

    /// <summary>Wanted values of unique columns.</summary>
    public List<NameRow> Names { get; } = [];

    /// <summary>Numbers that are others in Ultimate.</summary>
    public List<MovedRow> Moved { get; } = [];

    /// <summary>Rows that make their owner have a derived row.</summary>
    public List<OwnerRow> Owners { get; } = [];

    /// <summary>Rows of Classic that were looked at.</summary>
    public long SourceRows { get; set; }

    /// <summary>Sum of the hashes of the placed rows, Ultimate's own demo account not counted.</summary>
    public UInt128 Sum { get; set; }

    /// <summary>The tuple of a placed row.</summary>
    public ReadOnlySpan<byte> Tuple(PlacedRow row) => Tuples.WrittenSpan.Slice(row.Offset, row.Length);

    /// <summary>Takes a row that is placed.</summary>
    /// <param name="key">Classic's key.</param>
    /// <param name="tuple">Its tuple.</param>
    /// <param name="isDemo">Whether it is the demo account, which is not counted into <see cref="Sum"/>.</param>
    public void Place(KeyId key, ReadOnlySpan<byte> tuple, bool isDemo)
    {
        var hash = TupleCodec.Hash(tuple);
        Placed.Add(new PlacedRow(key, Tuples.WrittenCount, tuple.Length, hash, isDemo));
        Tuples.Write(tuple);
        if (!isDemo)
            Sum += hash;
    }

    /// <summary>Empties it and keeps its buffers.</summary>
    public void Clear()
    {
        Tuples.ResetWrittenCount();
        Placed.Clear();
        Aside.Clear();
        Notes.Clear();
        Names.Clear();
        Moved.Clear();
        Owners.Clear();
        SourceRows = 0;
        Sum = 0;
    }
}

/// <summary>A row that is in Ultimate.</summary>
/// <param name="Key">Classic's key.</param>
/// <param name="Offset">Where its tuple begins.</param>
/// <param name="Length">The tuple's length in bytes.</param>
/// <param name="Hash">XxHash128 of the tuple.</param>
/// <param name="IsDemo">Ultimate makes and owns this row: it is inserted where it is missing, and never compared.</param>
internal readonly record struct PlacedRow(KeyId Key, int Offset, int Length, UInt128 Hash, bool IsDemo);

/// <summary>A row in quarantine.</summary>
/// <param name="Key">Classic's key as text; "NULL" where it has none.</param>
/// <param name="Occurrence">1 for the first row of this key.</param>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
/// <param name="Detail">The same in a sentence.</param>
/// <param name="Json">The whole row.</param>
/// <param name="WaitsFor">The row that is missing, as <c>table/key</c>; null where no other row can mend it.</param>
internal sealed record AsideRow(string Key, int Occurrence, string Reason, string Detail, string Json, string? WaitsFor);

/// <summary>An altered value.</summary>
/// <param name="Key">Classic's key as text.</param>
/// <param name="Column">Ultimate's column.</param>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
/// <param name="Original">Classic's value as JSON text.</param>
/// <param name="WaitsFor">The row that is missing, as <c>table/key</c>; null where no other row can mend it.</param>
internal sealed record NoteRow(string Key, string Column, string Reason, string Original, string? WaitsFor);

/// <summary>A value that a unique column wants.</summary>
/// <param name="Column">Ultimate's column.</param>
/// <param name="Hash">Hash of the value as the column's rule compares it.</param>
/// <param name="Key">Classic's key as text.</param>
internal readonly record struct NameRow(string Column, UInt128 Hash, string Key);

/// <summary>A number that is another in Ultimate.</summary>
internal readonly record struct MovedRow(long Source, long Target);

/// <summary>A row that makes its owner have a derived row.</summary>
/// <param name="Owner">The owner's key in Classic.</param>
/// <param name="Key">The row's key in Classic.</param>
internal readonly record struct OwnerRow(string Owner, string Key);
