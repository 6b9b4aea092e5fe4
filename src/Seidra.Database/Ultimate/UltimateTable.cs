namespace Seidra.Database;

/// <summary>A table of Ultimate's head revision.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns in order.</param>
/// <param name="Indexes">Its indexes by the columns they are named after.</param>
internal sealed record UltimateTable(string Name, IReadOnlyList<UltimateColumn> Columns, IReadOnlyList<UltimateIndex> Indexes)
{
    /// <summary>Whether Alembic makes it; the ORM adds the others to any database at its start.</summary>
    public bool InAlembic { get; init; } = true;
}

/// <summary>An index on one column, named <c>ix_table_column</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Column">Its column.</param>
/// <param name="Unique">Whether it refuses equal values.</param>
internal sealed record UltimateIndex(string Name, string Column, bool Unique);
