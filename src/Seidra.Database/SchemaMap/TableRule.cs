namespace Seidra.Database;

/// <summary>How one table of Ultimate is filled.</summary>
/// <param name="Target">Ultimate's table.</param>
/// <param name="From">Names the table may have in Classic.</param>
/// <param name="Key">Its key.</param>
/// <param name="Columns">Its other columns.</param>
/// <param name="ExtrasInto">The JSON column that keeps Classic's extras; null where there are none.</param>
/// <param name="Extras">Classic's columns without a column of their own.</param>
/// <param name="Derive">Rows made from another table's; null where there are none.</param>
internal sealed record TableRule(
    string Target,
    IReadOnlyList<string> From,
    KeyRule Key,
    IReadOnlyList<ColumnRule> Columns,
    string? ExtrasInto,
    IReadOnlyList<ExtraRule> Extras,
    DeriveRule? Derive);

/// <summary>A column of Classic that is kept under a key of a JSON column.</summary>
/// <param name="Key">The key in the JSON object.</param>
/// <param name="From">Names the column may have in Classic.</param>
/// <param name="Reference">Ultimate's table that the value is a key of, so that the new key is kept; null for plain values.</param>
internal sealed record ExtraRule(string Key, IReadOnlyList<string> From, string? Reference);

/// <summary>Rows made from another table: one for each distinct owner that has a row with a true column.</summary>
/// <param name="From">Ultimate's name of the table that is read.</param>
/// <param name="When">Classic's boolean column.</param>
/// <param name="Owner">Ultimate's column of the reading table that names the owner.</param>
/// <param name="Set">The boolean column that is set to true.</param>
internal sealed record DeriveRule(string From, string When, string Owner, string Set);
