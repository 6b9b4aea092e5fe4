namespace Seidra.Database;

/// <summary>A column as a database describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its declared type in lower case, such as <c>character varying(50)</c> or <c>varchar(50)</c>.</param>
/// <param name="NotNull">Whether it refuses NULL.</param>
/// <param name="Default">The expression that fills it when none is given, or null.</param>
internal sealed record CatalogColumn(string Name, string Type, bool NotNull, string? Default);

/// <summary>An index, that of a constraint included.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns in order.</param>
/// <param name="Unique">Whether it refuses equal rows.</param>
internal sealed record CatalogIndex(string Name, IReadOnlyList<string> Columns, bool Unique);

/// <summary>A foreign key of one column.</summary>
/// <param name="Column">The column that refers.</param>
/// <param name="Table">The table referred to.</param>
/// <param name="OnDelete">What a delete there does here: <c>CASCADE</c>, <c>SET NULL</c>, <c>NO ACTION</c> and so on.</param>
internal sealed record CatalogForeignKey(string Column, string Table, string OnDelete);

/// <summary>A table as a database describes it.</summary>
internal sealed record CatalogTable(
    string Name,
    IReadOnlyList<CatalogColumn> Columns,
    IReadOnlyList<CatalogIndex> Indexes,
    IReadOnlyList<CatalogForeignKey> ForeignKeys)
{
    /// <summary>The column of that name, in whatever case; null where there is none.</summary>
    public CatalogColumn? Column(string name) =>
        Columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
