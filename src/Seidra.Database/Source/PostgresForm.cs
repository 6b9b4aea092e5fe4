namespace Seidra.Database;

/// <summary>In which binary form a column of PostgreSQL is sent.</summary>
internal enum PostgresForm
{
    /// <summary>2, 4 or 8 bytes.</summary>
    Integer,

    /// <summary>One byte.</summary>
    Boolean,

    /// <summary>8 bytes.</summary>
    Float,

    /// <summary>Microseconds since 2000-01-01.</summary>
    Timestamp,

    /// <summary>The same of a type with zone, whose text carries the zone.</summary>
    TimestampZoned,

    /// <summary>Bytes of text.</summary>
    Text,
}

/// <summary>A column of Classic as COPY selects it.</summary>
/// <param name="Form">What comes.</param>
/// <param name="Expression">What is selected.</param>
internal sealed record PostgresColumn(PostgresForm Form, string Expression)
{
    public static PostgresColumn Of(SourceColumn column)
    {
        var name = $"source.{SqlName.Quote(column.Name)}";
        return column.Type switch
        {
            "smallint" or "integer" or "bigint" => new(PostgresForm.Integer, name),
            "boolean" => new(PostgresForm.Boolean, name),
            "double precision" => new(PostgresForm.Float, name),
            "text" or "json" => new(PostgresForm.Text, name),
            _ when column.Type.StartsWith("character varying", StringComparison.Ordinal) && !column.Type.EndsWith(']') => new(PostgresForm.Text, name),
            _ when IsTimestamp(column.Type, "without") => new(PostgresForm.Timestamp, name),
            _ when IsTimestamp(column.Type, "with") => new(PostgresForm.TimestampZoned, name),
            // The type modifier of an array ends in [] too: text[], character varying(50)[].
            _ when column.Type.EndsWith("[]", StringComparison.Ordinal) => new(PostgresForm.Text, $"array_to_json({name})::text"),
            // Real among them: its shortest text has fewer digits than the same number as double precision.
            _ => new(PostgresForm.Text, $"{name}::text"),
        };
    }

    private static bool IsTimestamp(string type, string zone) =>
        type.StartsWith("timestamp", StringComparison.Ordinal) && type.EndsWith($" {zone} time zone", StringComparison.Ordinal);
}
