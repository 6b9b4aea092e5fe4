using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>What the triggers of a table must know of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">Its key column.</param>
/// <param name="Columns">Name and type of each column.</param>
/// <param name="Conflicts">For each way in which a new row may push another one out, how to find that one.</param>
internal sealed record TriggeredTable(string Name, string Key, IReadOnlyList<string> Columns, IReadOnlyList<SqliteConflict> Conflicts)
{
    /// <summary>Reads a table; null where there is none.</summary>
    /// <exception cref="DatabaseException">There is no such key column, or it is no real table.</exception>
    public static TriggeredTable? Read(SqliteConnection connection, CapturedTable table)
    {
        var columns = Rows(connection, "SELECT name, type, pk FROM pragma_table_xinfo($1) WHERE hidden <> 1", table.Name);
        if (columns.Count == 0)
            return null;
        if (!columns.Any(column => column[0].Equals(table.Key, StringComparison.OrdinalIgnoreCase)))
            throw new DatabaseException($"Expected table {table.Name} to have its key column {table.Key}, found {string.Join(", ", columns.Select(column => column[0]))}. Correct the schema map, and see: ./build.sh --target=Plan");
        var kind = Rows(connection, "SELECT type, wr FROM pragma_table_list($1) WHERE schema = 'main'", table.Name)[0];
        if (kind[0] != "table")
            throw new DatabaseException($"Expected {table.Name} to be a table whose changes can be noted, found a {kind[0]}. Name the table in the schema map, and see: ./build.sh --target=Plan");
        return new TriggeredTable(table.Name, table.Key, [.. columns.Select(column => $"{column[0]} {column[1]}".TrimEnd())], [.. Conflicting(connection, table, columns, kind[1] == "1")]);
    }

    private static IEnumerable<SqliteConflict> Conflicting(SqliteConnection connection, CapturedTable table, List<string[]> columns, bool withoutRowId)
    {
        var indexes = Rows(connection, "SELECT i.name, i.origin, i.partial, coalesce(m.sql, '') FROM pragma_index_list($1) i LEFT JOIN sqlite_master m ON m.name = i.name AND m.type = 'index' WHERE i.\"unique\" ORDER BY i.seq", table.Name);
        var primary = columns.Where(column => column[2] != "0").ToList();
        // The key of such a table is its row id: a row that is pushed out by it has the very key of the new row.
        var keyIsRowId = primary is [{ } only] && only[0].Equals(table.Key, StringComparison.OrdinalIgnoreCase)
            && only[1].Equals("INTEGER", StringComparison.OrdinalIgnoreCase) && !indexes.Any(index => index[1] == "pk");
        var names = columns.Select(column => column[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!withoutRowId && !keyIsRowId && new[] { "rowid", "_rowid_", "oid" }.FirstOrDefault(name => !names.Contains(name)) is { } rowId)
            yield return new SqliteConflict($"{rowId} = NEW.{rowId}", $"NEW.{rowId} <> OLD.{rowId}");
        foreach (var index in indexes)
        {
            var terms = Rows(connection, "SELECT coalesce(name, ''), coll FROM pragma_index_xinfo($1) WHERE key ORDER BY seqno", index[0]);
            var text = index[2] == "1" || terms.Any(term => term[0].Length == 0) ? SqliteIndexText.Parse(index[3]) : null;
            yield return SqliteConflict.Of(terms, text, [.. names]);
        }
    }

    private static List<string[]> Rows(SqliteConnection connection, string sql, string argument)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$1", argument);
        using var reader = command.ExecuteReader();
        var rows = new List<string[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        return rows;
    }
}
