using SQLitePCL;

namespace Seidra.Database;

/// <summary>What must be known of a SQLite table's key column to read by it.</summary>
/// <param name="Name">The quoted name.</param>
/// <param name="Order">What rows are ordered by: the key, then the row number where the table has one.</param>
/// <param name="IsRowId">Whether the key is the row number itself.</param>
/// <param name="IsIndexed">Whether an index begins with it.</param>
/// <param name="IsUnique">Whether the engine refuses two equal keys.</param>
/// <param name="MixesNumbersAndText">Whether the number 5 and the text '5' are two keys: a column without a type.</param>
internal sealed record SqliteKey(string Name, string Order, bool IsRowId, bool IsIndexed, bool IsUnique, bool MixesNumbersAndText)
{
    private static readonly string[] _rowIds = ["rowid", "_rowid_", "oid"];

    public static SqliteKey Of(sqlite3 database, TablePlan table)
    {
        var key = table.SourceColumns[table.Binding.Key].Name;
        var name = SqlName.Quote(key);
        var columns = SqliteQuery.Rows(database, "SELECT name, upper(type), pk FROM pragma_table_info(?1)", table.Source);
        var withoutRowId = SqliteQuery.Rows(database, "SELECT 1 FROM pragma_table_list WHERE schema = 'main' AND lower(name) = lower(?1) AND wr", table.Source).Count > 0;
        var column = columns.First(column => key.Equals((string)column[0]!, StringComparison.OrdinalIgnoreCase));
        var isRowId = !withoutRowId && (string)column[1]! == "INTEGER" && (long)column[2]! == 1 && columns.Count(other => (long)other[2]! > 0) == 1;
        var indexes = SqliteQuery.Rows(
            database,
            """
            SELECT i."unique", (SELECT count(*) FROM pragma_index_info(i.name)), i."partial"
            FROM pragma_index_list(?1) i JOIN pragma_index_info(i.name) c ON c.seqno = 0 WHERE lower(c.name) = lower(?2)
            """,
            table.Source, key);
        var whole = indexes.Where(index => (long)index[2]! == 0).ToList();
        var isUnique = isRowId || whole.Any(index => (long)index[0]! == 1 && (long)index[1]! == 1);
        var rowId = withoutRowId || isUnique ? null : _rowIds.FirstOrDefault(id => !columns.Any(other => id.Equals((string)other[0]!, StringComparison.OrdinalIgnoreCase)));
        return new SqliteKey(
            name, rowId is null ? name : $"{name}, {rowId}", isRowId, isRowId || whole.Count > 0, isUnique, HasNoAffinity((string)column[1]!));
    }

    // Section 3.1 of SQLite's "Datatypes": every other declared type makes text that looks like a number a number, or the reverse.
    private static bool HasNoAffinity(string type) =>
        !type.Contains("INT", StringComparison.Ordinal)
        && !type.Contains("CHAR", StringComparison.Ordinal) && !type.Contains("CLOB", StringComparison.Ordinal) && !type.Contains("TEXT", StringComparison.Ordinal)
        && (type.Length == 0 || type.Contains("BLOB", StringComparison.Ordinal));
}
