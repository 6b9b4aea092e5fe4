namespace Seidra.Database;

/// <summary>What is said about one row on its way: what was altered, and whether it must be kept aside.</summary>
/// <param name="key">The row's key in Classic, as text.</param>
/// <param name="mapMediaPath">Where a path of Classic's rows lies in Ultimate; null where it is not known.</param>
internal sealed class RowVerdict(string key, Func<string, string?> mapMediaPath)
{
    private readonly List<RowNote> _notes = [];

    public string Key => key;

    /// <summary>Why the row goes to quarantine; null where it is placed.</summary>
    public string? Reason { get; private set; }

    /// <summary>The same in a sentence.</summary>
    public string? Detail { get; private set; }

    public IReadOnlyList<RowNote> Notes => _notes;

    public string? MapMediaPath(string path) => mapMediaPath(path);

    /// <summary>Records that a value was altered, with the original so that nothing is lost.</summary>
    public void Note(string column, string reason, object? original) => NoteJson(column, reason, SourceText.Describe(original));

    /// <summary>The same with the original as JSON text.</summary>
    public void NoteJson(string column, string reason, string original) => _notes.Add(new RowNote(column, reason, original));

    /// <summary>Keeps the row aside; the first reason stays.</summary>
    public void Quarantine(string reason, string detail)
    {
        Reason ??= reason;
        Detail ??= detail;
    }
}

/// <summary>One altered value.</summary>
/// <param name="Column">Ultimate's column.</param>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
/// <param name="Original">Classic's value as JSON text.</param>
internal sealed record RowNote(string Column, string Reason, string Original);
