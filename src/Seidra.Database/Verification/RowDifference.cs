namespace Seidra.Database;

/// <summary>How a row differs between Classic, as the map moves it, and Ultimate.</summary>
public enum RowDifferenceKind
{
    /// <summary>Classic has the row, Ultimate does not.</summary>
    Missing,

    /// <summary>Ultimate has a row that Classic does not have.</summary>
    Extra,

    /// <summary>Both have it, with another value in a column.</summary>
    Value,

    /// <summary>A row that must be kept aside is not in the quarantine, or the other way round.</summary>
    Quarantine,
}

/// <summary>One difference.</summary>
/// <param name="Table">Ultimate's table.</param>
/// <param name="Key">The row's key in Ultimate; in Classic for the quarantine.</param>
/// <param name="Column">Ultimate's column; null where the whole row is concerned.</param>
/// <param name="Kind">What is different.</param>
/// <param name="Expected">Classic's value as the map moves it, shortened; null where there is none, or it is secret.</param>
/// <param name="Found">Ultimate's value, the same way.</param>
public sealed record RowDifference(string Table, string Key, string? Column, RowDifferenceKind Kind, string? Expected, string? Found)
{
    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        RowDifferenceKind.Missing => $"{Table} {Key}: is missing in Ultimate",
        RowDifferenceKind.Extra => $"{Table} {Key}: is in Ultimate only",
        RowDifferenceKind.Quarantine => $"{Table} {Key}: expected quarantine '{Expected ?? "none"}', found '{Found ?? "none"}'",
        _ => $"{Table} {Key}: {Column} expected {Expected ?? "(not shown)"}, found {Found ?? "(not shown)"}",
    };
}
