namespace Seidra.Database;

/// <summary>How one column of Ultimate is filled.</summary>
/// <param name="Target">Ultimate's column, or <c>column.key</c> for an extra kept in a JSON column.</param>
/// <param name="Sources">Classic's columns that are read; empty where the default is taken.</param>
/// <param name="Conversion">The converter, as the schema map names it.</param>
public sealed record ColumnPlan(string Target, IReadOnlyList<string> Sources, string Conversion);
