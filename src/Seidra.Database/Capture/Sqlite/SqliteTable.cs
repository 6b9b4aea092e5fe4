using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>What the triggers of a table must know of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">Its key column.</param>
/// <param name="Columns">Name and type of each column.</param>
/// <param name="Conflicts">For each way in which a new row may push another one out, how to find that one.</param>
internal sealed record SqliteTable(string Name, string Key, IReadOnlyList<string> Columns, IReadOnlyList<SqliteConflict> Conflicts)
{
    /// <summary>Reads a table; null where there is none.</summary>
    /// <exception cref="DatabaseException">There is no such key column, or it is no real table.</exception>
    public static SqliteTable? Read(SqliteConnection connection, CapturedTable table)
    {
        var columns = Rows(connection, "SELECT name, type, pk FROM pragma_table_xinfo($1) WHERE hidden <> 1", table.Name);
        if (columns.Count == 0)
            return null;
        if (!columns.Any(column => column[0].Equals(table.Key, StringComparison.OrdinalIgnoreCase)))
            throw new DatabaseException($"Expected table {table.Name} to have its key column {table.Key}, found {string.Join(", ", columns.Select(column => column[0]))}. Correct the schema map, and see: ./build.sh --target=Plan");
        var kind = Rows(connection, "SELECT type, wr FROM pragma_table_list($1) WHERE schema = 'main'", table.Name)[0];
        if (kind[0] != "table")
            throw new DatabaseException($"Expected {table.Name} to be a table whose changes can be noted, found a {kind[0]}. Name the table in the schema map, and see: ./build.sh --target=Plan");
        return new SqliteTable(table.Name, table.Key, [.. columns.Select(column => $"{column[0]} {column[1]}".TrimEnd())], [.. Conflicting(connection, table, columns, kind[1] == "1")]);
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

/// <summary>How to find the row that a new one pushes out by one unique index.</summary>
/// <param name="Same">The condition on rows of the table, with the new row as NEW.</param>
/// <param name="Changed">Whether an UPDATE touches the index at all; null where that cannot be told.</param>
internal sealed record SqliteConflict(string Same, string? Changed)
{
    /// <param name="terms">Name (empty for an expression) and collation of each term.</param>
    /// <param name="text">The statement, where the index has expressions or a condition.</param>
    /// <param name="columns">The table's columns.</param>
    public static SqliteConflict Of(List<string[]> terms, SqliteIndexText? text, IReadOnlyList<string> columns)
    {
        var same = terms.Select((term, at) =>
        {
            var (left, right) = term[0].Length > 0
                ? (SqlName.Quote(term[0]), $"NEW.{SqlName.Quote(term[0])}")
                : (text!.Terms[at], OfNew(text.Terms[at], columns));
            return $"{left} = {right}{(term[1] == "BINARY" ? "" : $" COLLATE {SqlName.Quote(term[1])}")}";
        });
        var changed = terms.Select(term => $"NEW.{SqlName.Quote(term[0])} COLLATE BINARY IS NOT OLD.{SqlName.Quote(term[0])}");
        return new SqliteConflict(
            string.Join(" AND ", text?.Where is { } where ? same.Append($"({where}\n)") : same),
            text is null ? string.Join(" OR ", changed) : null);
    }

    // The expression's bare names must mean the new row: they are given to it as the columns of a row of their own.
    private static string OfNew(string expression, IReadOnlyList<string> columns)
    {
        var used = columns.Where(column => expression.Contains(column, StringComparison.OrdinalIgnoreCase)).Select(column => $"NEW.{SqlName.Quote(column)} AS {SqlName.Quote(column)}");
        return $"(SELECT {expression} FROM (SELECT {string.Join(", ", used)}))";
    }
}
