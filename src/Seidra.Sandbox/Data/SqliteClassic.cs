using Microsoft.Data.Sqlite;

namespace Seidra.Sandbox.Data;

/// <summary>SQLite, which takes any value in any column.</summary>
internal sealed class SqliteClassic(SqliteConnection connection) : ClassicDatabase(connection)
{
    public override string Engine => "sqlite";

    public override string Serial => "INTEGER PRIMARY KEY";

    public override string Epoch => "timestamp";

    public override string Zoned => "timestamp";

    public override void Insert(TableData table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO {table.Name} ({string.Join(", ", table.Columns)}) VALUES ({string.Join(", ", table.Columns.Select((_, index) => $"@p{index}"))})";
        var parameters = table.Columns.Select((_, index) => command.Parameters.Add(new SqliteParameter($"@p{index}", null))).ToArray();
        foreach (var row in table.Rows)
        {
            for (var column = 0; column < row.Length; column++)
                parameters[column].Value = row[column] ?? DBNull.Value;
            command.ExecuteNonQuery();
        }
    }

    public override void SetSequences(IEnumerable<string> tables)
    {
        // An INTEGER PRIMARY KEY counts on from the greatest id by itself.
    }
}
