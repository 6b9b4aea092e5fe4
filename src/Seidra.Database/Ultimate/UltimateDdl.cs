namespace Seidra.Database;

/// <summary>The statements that make Ultimate's tables, in the words of each engine.</summary>
internal static class UltimateDdl
{
    /// <summary>The table with its constraints, then its indexes.</summary>
    public static IEnumerable<string> Statements(UltimateTable table, DatabaseKind kind)
    {
        var lines = table.Columns.Select(column => Column(column, kind))
            .Append($"PRIMARY KEY ({SqlName.Quote(table.Columns.Single(column => column.IsKey).Name)})")
            .Concat(table.Columns.Where(column => column.IsUnique).Select(column => $"UNIQUE ({SqlName.Quote(column.Name)})"))
            .Concat(table.Columns.Where(column => column.References is not null).Select(Reference));
        yield return $"CREATE TABLE {SqlName.Quote(table.Name)} (\n  {string.Join(",\n  ", lines)}\n)";
        foreach (var index in table.Indexes)
            yield return $"CREATE {(index.Unique ? "UNIQUE " : "")}INDEX {SqlName.Quote(index.Name)} ON {SqlName.Quote(table.Name)} ({SqlName.Quote(index.Column)})";
    }

    /// <summary>The type as DDL writes it and as the catalog prints it, apart from case.</summary>
    public static string TypeOf(UltimateColumn column, DatabaseKind kind) => (column.Type, kind) switch
    {
        (UltimateType.Integer, _) => "integer",
        (UltimateType.Varchar, DatabaseKind.PostgreSql) => $"character varying({column.Length})",
        (UltimateType.Varchar, _) => $"varchar({column.Length})",
        (UltimateType.Text, _) => "text",
        (UltimateType.Boolean, _) => "boolean",
        (UltimateType.Float, DatabaseKind.PostgreSql) => "double precision",
        (UltimateType.Float, _) => "float",
        (UltimateType.Timestamp, DatabaseKind.PostgreSql) => "timestamp without time zone",
        (UltimateType.Timestamp, _) => "datetime",
        (UltimateType.Json, _) => "json",
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };

    private static string Column(UltimateColumn column, DatabaseKind kind)
    {
        // An integer key counts by itself: a sequence on PostgreSQL, the row id on SQLite (INTEGER PRIMARY KEY).
        var type = column is { IsKey: true, Type: UltimateType.Integer } && kind == DatabaseKind.PostgreSql ? "serial" : TypeOf(column, kind);
        return $"{SqlName.Quote(column.Name)} {type}"
            + (column.Default is null ? "" : $" DEFAULT {Default(column, kind)}")
            + (column.NotNull ? " NOT NULL" : "");
    }

    private static string Default(UltimateColumn column, DatabaseKind kind) => column.Type switch
    {
        UltimateType.Boolean when kind == DatabaseKind.Sqlite => column.Default == "true" ? "1" : "0",
        UltimateType.Boolean or UltimateType.Integer or UltimateType.Float => column.Default!,
        UltimateType.Timestamp => kind == DatabaseKind.PostgreSql ? "now()" : "CURRENT_TIMESTAMP",
        _ => SqlName.Literal(column.Default!),
    };

    private static string Reference(UltimateColumn column) =>
        $"FOREIGN KEY ({SqlName.Quote(column.Name)}) REFERENCES {SqlName.Quote(column.References!)} (\"id\")"
        + (column.OnDelete is null ? "" : $" ON DELETE {column.OnDelete}");
}
