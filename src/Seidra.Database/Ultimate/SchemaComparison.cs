namespace Seidra.Database;

/// <summary>Compares a catalog with Ultimate's head revision, column by column.</summary>
internal static class SchemaComparison
{
    /// <summary>Every difference; tables that Ultimate does not know are nobody's business here.</summary>
    public static SchemaCheck Compare(
        IReadOnlyDictionary<string, CatalogTable> catalog, IReadOnlyList<string> revisions, DatabaseKind kind)
    {
        var differences = new List<string>();
        if (revisions is not [UltimateSchema.Head])
            differences.Add($"{AlembicInspector.VersionTable}: expected {UltimateSchema.Head}, found {(revisions.Count == 0 ? "none" : string.Join(", ", revisions))}.");
        foreach (var expected in UltimateTables.All)
        {
            if (!catalog.TryGetValue(expected.Name, out var found))
            {
                differences.Add($"{expected.Name}: the table is missing.");
                continue;
            }

            foreach (var column in expected.Columns)
                differences.AddRange(Column(expected, column, found, kind));
            differences.AddRange(found.Columns.Where(column => expected.Columns.All(known => known.Name != column.Name))
                .Select(column => $"{expected.Name}.{column.Name}: Ultimate has no such column."));
            differences.AddRange(expected.Indexes.Where(index => !HasIndex(found, index))
                .Select(index => $"{expected.Name}: the {(index.Unique ? "unique " : "")}index {index.Name} on {index.Column} is missing."));
        }

        return new SchemaCheck(
            UltimateTables.All.Count,
            UltimateTables.All.Sum(table => table.Columns.Count),
            UltimateTables.All.Sum(table => table.Indexes.Count),
            revisions.Count == 0 ? null : string.Join(", ", revisions),
            differences);
    }

    private static IEnumerable<string> Column(UltimateTable table, UltimateColumn expected, CatalogTable found, DatabaseKind kind)
    {
        var name = $"{table.Name}.{expected.Name}";
        if (found.Column(expected.Name) is not { } column)
        {
            yield return $"{name}: the column is missing.";
            yield break;
        }

        var type = UltimateDdl.TypeOf(expected, kind);
        if (column.Type != type)
            yield return $"{name}: expected {type}, found {column.Type}.";
        if (column.NotNull != expected.NotNull)
            yield return $"{name}: expected {(expected.NotNull ? "NOT NULL" : "NULL allowed")}, found the opposite.";
        var counts = expected is { IsKey: true, Type: UltimateType.Integer } && kind == DatabaseKind.PostgreSql;
        if ((column.Default is not null) != (expected.Default is not null || counts))
            yield return $"{name}: expected {(column.Default is null ? "a" : "no")} default, found {column.Default ?? "none"}.";
        if (expected.References is null)
            yield break;
        var rule = expected.OnDelete ?? "NO ACTION";
        if (!found.ForeignKeys.Any(key => key.Column == expected.Name && key.Table == expected.References && key.OnDelete == rule))
            yield return $"{name}: the foreign key to {expected.References} with ON DELETE {rule} is missing.";
    }

    private static bool HasIndex(CatalogTable table, UltimateIndex index) =>
        table.Indexes.Any(found => found.Name == index.Name && found.Columns is [var column] && column == index.Column && found.Unique == index.Unique);
}
