namespace Seidra.Database;

/// <summary>The five columns that Classic lacks, against a real catalog.</summary>
internal static class InPlacePlanner
{
    private static readonly (string Target, string Name, Family Family)[] s_columns =
    [
        ("personas", "style_preset", Family.Text),
        ("personas", "voice_id", Family.Text),
        ("generation_jobs", "nsfw_allowed", Family.Boolean),
        ("generation_jobs", "retry_of", Family.Key),
        ("media_items", "favorite", Family.Boolean),
    ];

    private enum Family
    {
        Text,
        Boolean,
        Number,

        /// <summary>Whatever the table's own key is.</summary>
        Key,
        Other,
    }

    /// <summary>Compares the columns with what is there.</summary>
    /// <exception cref="DatabaseException">A table is not there or a column has another type; all of them named.</exception>
    public static InPlacePlan Plan(DatabaseEndpoint classic, IReadOnlyDictionary<string, CatalogTable> catalog, SchemaMap map)
    {
        List<InPlaceColumn> missing = [], there = [];
        var problems = new List<string>();
        foreach (var group in s_columns.GroupBy(column => column.Target))
        {
            var rule = map.Tables.First(table => table.Target == group.Key);
            if (rule.From.Select(catalog.GetValueOrDefault).FirstOrDefault(found => found is not null) is not { } table)
            {
                problems.Add($"Expected a table by one of the names {string.Join(", ", rule.From)}, found none.");
                continue;
            }

            foreach (var (_, name, family) in group)
            {
                var key = rule.Key.From.Select(table.Column).FirstOrDefault(found => found is not null);
                var type = TypeOf(classic.Kind, family, key);
                if (table.Column(name) is not { } column)
                    missing.Add(new InPlaceColumn(table.Name, name, type));
                else if (Fits(classic.Kind, family, column.Type, type))
                    there.Add(new InPlaceColumn(table.Name, column.Name, column.Type));
                else
                    problems.Add($"{table.Name}.{column.Name}: expected {type}, found {(column.Type.Length == 0 ? "no type" : column.Type)}.");
            }
        }

        return problems.Count == 0
            ? new InPlacePlan(missing, there, Statements(classic.Kind, missing))
            : throw new DatabaseException($"{classic.Display} cannot be migrated in place; nothing was changed. Rename or convert what is in the way, or name the tables in a schema map, and run the same command again.", problems);
    }

    private static IReadOnlyList<string> Statements(DatabaseKind kind, IReadOnlyList<InPlaceColumn> missing)
    {
        static string Add(InPlaceColumn column, string no) =>
            $"ADD COLUMN {SqlName.Quote(column.Name)} {column.Type}{(column.Type is "boolean" ? $" DEFAULT {no}" : "")}";
        // SQLite adds one column per statement, and knows the word FALSE only since 3.23, which an old Classic's library may not be.
        return kind == DatabaseKind.Sqlite
            ? [.. missing.Select(column => $"ALTER TABLE {SqlName.Quote(column.Table)} {Add(column, "0")}")]
            : [.. missing.GroupBy(column => column.Table).Select(table => $"ALTER TABLE {SqlName.Quote(table.Key)} {string.Join(", ", table.Select(column => Add(column, "false")))}")];
    }

    private static string TypeOf(DatabaseKind kind, Family family, CatalogColumn? key) => family switch
    {
        Family.Text => "text",
        Family.Boolean => "boolean",
        _ when key is null || key.Type.Length == 0 => "integer",
        _ when FamilyOf(kind, key.Type) == Family.Number => key.Type is "bigint" ? key.Type : "integer",
        _ => key.Type,
    };

    private static bool Fits(DatabaseKind kind, Family family, string found, string expected)
    {
        // SQLite keeps booleans as numbers, whatever the column is declared as.
        var (have, want) = (FamilyOf(kind, found), family == Family.Key ? FamilyOf(kind, expected) : family);
        return found == expected || (have == want && want != Family.Other) || (kind == DatabaseKind.Sqlite && want == Family.Boolean && have == Family.Number);
    }

    private static Family FamilyOf(DatabaseKind kind, string type)
    {
        var name = type.Split('(')[0].Trim();
        if (kind == DatabaseKind.PostgreSql)
        {
            return name switch
            {
                "text" or "character varying" or "character" or "citext" => Family.Text,
                "boolean" => Family.Boolean,
                "smallint" or "integer" or "bigint" => Family.Number,
                _ => Family.Other,
            };
        }

        // SQLite's own rules of affinity (datatype3.html, 3.1), by parts of the name.
        bool Says(string part) => name.Contains(part, StringComparison.OrdinalIgnoreCase);
        return Says("BOOL") ? Family.Boolean
            : Says("INT") ? Family.Number
            : Says("CHAR") || Says("CLOB") || Says("TEXT") ? Family.Text
            : Family.Other;
    }
}
