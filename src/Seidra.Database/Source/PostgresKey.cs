using Npgsql;

namespace Seidra.Database;

/// <summary>What must be known of a PostgreSQL table's key column to read by it.</summary>
/// <param name="Type">Its type, as <c>format_type</c> names it.</param>
/// <param name="NotNull">Whether it refuses NULL.</param>
/// <param name="IsIndexed">Whether a B-tree begins with it.</param>
/// <param name="IsUnique">Whether the engine refuses two equal keys.</param>
/// <param name="Column">The quoted column.</param>
internal sealed record PostgresKey(string Type, bool NotNull, bool IsIndexed, bool IsUnique, string Column)
{
    public bool IsNumber => Type is "smallint" or "integer" or "bigint";

    /// <summary>What rows are compared and ordered by; without an index, text by its bytes, which every type has.</summary>
    public string Compared => IsIndexed || IsNumber ? Column : $"{Column}::text COLLATE \"C\"";

    /// <summary>Equal keys need an order of their own.</summary>
    public string Order => IsUnique ? Compared : $"{Compared}, source.ctid";

    public static PostgresKey Of(NpgsqlConnection connection, TablePlan table)
    {
        var key = table.SourceColumns[table.Binding.Key];
        using var command = new NpgsqlCommand(
            """
            SELECT a.attnotnull, coalesce(bool_or(true) FILTER (WHERE i.indrelid IS NOT NULL), false),
                   coalesce(bool_or(i.indisunique AND i.indnkeyatts = 1), false)
            FROM pg_attribute a
            LEFT JOIN (pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam AND m.amname = 'btree')
              ON i.indrelid = a.attrelid AND i.indkey[0] = a.attnum AND i.indisvalid AND i.indpred IS NULL
            WHERE a.attrelid = to_regclass($1) AND a.attname = $2 GROUP BY 1
            """,
            connection);
        command.Parameters.Add(new() { Value = SqlName.Quote(table.Source) });
        command.Parameters.Add(new() { Value = key.Name });
        using var reader = command.ExecuteReader();
        if (!reader.Read())
            throw new DatabaseException($"Expected table {table.Source} with column {key.Name}, as when the plan was made, found it no more. Start the run again.");
        return new PostgresKey(key.Type, reader.GetBoolean(0), reader.GetBoolean(1), reader.GetBoolean(2), $"source.{SqlName.Quote(key.Name)}");
    }

    /// <summary>A bound of a range as SQL.</summary>
    public static string Bound(string bound) => KeyBound.Read(bound) switch
    {
        long number => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        // An untyped literal takes the column's type and is compared by the column's own rule.
        var text => SqlName.Literal((string)text),
    };

    /// <summary>The condition that a row has one of these keys; null where no row can.</summary>
    public string? AnyOf(IEnumerable<KeyId> keys)
    {
        var ids = keys.Where(id => IsNumber ? id.IsNumber : Type != "uuid" || Guid.TryParseExact(id.Text, "D", out _)).ToList();
        if (ids.Count == 0)
            return null;
        if (IsNumber)
            return $"{Column} = ANY('{{{string.Join(',', ids)}}}'::bigint[])";
        var list = SqlName.Literal($"{{{string.Join(',', ids.Select(Element))}}}");
        return Type switch
        {
            "uuid" => $"{Column} = ANY({list}::uuid[])",
            _ when Type == "text" || Type.StartsWith("character varying", StringComparison.Ordinal) => $"{Column} = ANY({list}::text[])",
            _ => $"{Column}::text = ANY({list}::text[])",
        };
    }

    private static string Element(KeyId id) =>
        $"\"{id.ToString().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
