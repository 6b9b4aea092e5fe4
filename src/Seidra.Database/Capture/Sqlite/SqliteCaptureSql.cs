namespace Seidra.Database;

/// <summary>
/// The statements of a capture on SQLite. The log's rows are numbered in the order of commits, for the engine lets one
/// transaction write at a time, and a number is never given twice (AUTOINCREMENT).
/// </summary>
internal static class SqliteCaptureSql
{
    public const string Tables = $"""
        CREATE TABLE {CaptureNames.Log} (seq INTEGER PRIMARY KEY AUTOINCREMENT, table_name TEXT NOT NULL, key, noted REAL NOT NULL DEFAULT (julianday('now')));
        CREATE TABLE {CaptureNames.Record} (epoch TEXT NOT NULL, tables TEXT NOT NULL);
        """;

    /// <summary>What is there of a capture, whole or not.</summary>
    public const string Found = """
        SELECT type, name, sql FROM sqlite_master
        WHERE (type = 'table' AND name IN ('seidra_cutover_changes', 'seidra_cutover_capture')) OR (type = 'trigger' AND name LIKE 'seidra\_cutover\_note\_%' ESCAPE '\')
        ORDER BY type DESC
        """;

    /// <summary>
    /// The triggers of a table, by name. A row that REPLACE pushes out fires no delete trigger unless the client has set
    /// recursive_triggers, so it is noted before it goes: sqlite.org/lang_conflict.html.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, string>> Triggers(TriggeredTable table, int number)
    {
        var (name, key) = (SqlName.Quote(table.Name), SqlName.Quote(table.Key));
        string Insert(string what) => $"INSERT INTO {CaptureNames.Log} (table_name, key) {what};";
        string Pushed(string condition) => Insert($"SELECT {SqlName.Literal(table.Name)}, {key} FROM {name} WHERE {condition}");
        KeyValuePair<string, string> Trigger(string time, string verb, params IEnumerable<string> body)
        {
            var trigger = $"{CaptureNames.Note}{number}_{time}_{verb}".ToLowerInvariant();
            return new(trigger, $"CREATE TRIGGER {trigger} {time} {verb} ON {name} BEGIN {string.Join(' ', body)} END");
        }

        if (table.Conflicts.Count > 0)
        {
            yield return Trigger("BEFORE", "INSERT", table.Conflicts.Select(conflict => Pushed(conflict.Same)));
            yield return Trigger("BEFORE", "UPDATE", table.Conflicts.Select(conflict => Pushed(conflict.Same + (conflict.Changed is { } changed ? $" AND ({changed})" : ""))));
        }

        var literal = SqlName.Literal(table.Name);
        yield return Trigger("AFTER", "INSERT", Insert($"VALUES ({literal}, NEW.{key})"));
        yield return Trigger("AFTER", "UPDATE", Insert($"VALUES ({literal}, OLD.{key})"), Insert($"SELECT {literal}, NEW.{key} WHERE NEW.{key} COLLATE BINARY IS NOT OLD.{key}"));
        yield return Trigger("AFTER", "DELETE", Insert($"VALUES ({literal}, OLD.{key})"));
    }
}
