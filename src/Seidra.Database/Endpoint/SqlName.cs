namespace Seidra.Database;

/// <summary>Quoting of SQL identifiers and literals; both engines follow the standard's doubled quotes.</summary>
internal static class SqlName
{
    /// <summary>Quotes an identifier that comes from a catalog or a map.</summary>
    public static string Quote(string name) =>
        name.Contains('\0')
            ? throw new DatabaseException("A table or column name holds a NUL character, which no database allows.")
            : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Quotes a name inside a schema.</summary>
    public static string Quote(string schema, string name) => $"{Quote(schema)}.{Quote(name)}";

    /// <summary>Quotes a text literal; for statements that take no parameters. Needs standard_conforming_strings (on by default).</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
