namespace Seidra.Database;

/// <summary>One row in work.</summary>
/// <param name="Row">Classic's row.</param>
/// <param name="Place">Its key.</param>
/// <param name="Verdict">What is said about it.</param>
/// <param name="Values">Ultimate's values, the key first.</param>
internal sealed record SlowRow(IRawRow Row, KeyPlace Place, RowVerdict Verdict, object?[] Values)
{
    public bool IsDemo { get; set; }

    public bool IsMoved { get; set; }

    /// <summary>The row whose absence keeps this one aside.</summary>
    public string? WaitsFor { get; private set; }

    /// <summary>The missing rows that notes are about, by the note's place.</summary>
    public Dictionary<int, string>? Waits { get; private set; }

    /// <summary>Keeps the row aside until another one is there.</summary>
    public void Quarantine(string reason, string detail, string? waitsFor)
    {
        if (Verdict.Reason is null)
            WaitsFor = waitsFor;
        Verdict.Quarantine(reason, detail);
    }

    /// <summary>Notes a value that is lost until another row is there.</summary>
    public void Note(string column, string reason, object? original, string? waitsFor)
    {
        if (waitsFor is not null)
            (Waits ??= [])[Verdict.Notes.Count] = waitsFor;
        Verdict.Note(column, reason, original);
    }
}
