using System.Globalization;
using Npgsql;

namespace Seidra.Sandbox.Data;

/// <summary>PostgreSQL, filled by COPY.</summary>
internal sealed class PostgresClassic(NpgsqlConnection connection) : ClassicDatabase(connection)
{
    public override string Engine => "postgres";

    public override string Serial => "serial PRIMARY KEY";

    public override string Epoch => "bigint";

    public override string Zoned => "timestamp with time zone";

    public override void Insert(TableData table)
    {
        var rows = table.Name == "media" ? table.Mapped("created_at", EpochSeconds) : table;
        using var import = connection.BeginTextImport($"COPY {rows.Name} ({string.Join(", ", rows.Columns)}) FROM STDIN");
        foreach (var row in rows.Rows)
        {
            import.Write(string.Join('\t', row.Select(Field)));
            import.Write('\n');
        }
    }

    public override void SetSequences(IEnumerable<string> tables)
    {
        foreach (var table in tables)
            Execute($"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))");
    }

    private static object? EpochSeconds(object? moment) => moment is string text
        ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeSeconds()
        : moment;

    // The text format of COPY: https://www.postgresql.org/docs/current/sql-copy.html
    private static string Field(object? value) => value switch
    {
        null => "\\N",
        bool flag => flag ? "t" : "f",
        string text => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
