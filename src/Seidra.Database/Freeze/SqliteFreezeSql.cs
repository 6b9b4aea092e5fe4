namespace Seidra.Database;

/// <summary>The statements of a freeze on SQLite. Times are milliseconds since 1970, by the clock of the machine.</summary>
internal static class SqliteFreezeSql
{
    public const string Trigger = "seidra_cutover_freeze_";

    public const string Now = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";

    /// <summary>Real tables: virtual ones take no triggers, their content lies in real ones. This program's own stay writable.</summary>
    public const string Tables = $"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'seidra\\_cutover\\_%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name";

    public const string Triggers = $"SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'seidra\\_cutover\\_freeze\\_%' ESCAPE '\\'";

    public const string Exists = $"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '{WriteFreeze.ControlTable}'";

    /// <summary>A freeze of an earlier run is replaced, its triggers included: tables may have come since.</summary>
    public static IEnumerable<string> Install(IReadOnlyList<string> tables, IReadOnlyList<string> triggers, long until)
    {
        foreach (var trigger in triggers)
            yield return $"DROP TRIGGER {SqlName.Quote(trigger)}";
        yield return $"DROP TABLE IF EXISTS {WriteFreeze.ControlTable}";
        yield return $"CREATE TABLE {WriteFreeze.ControlTable} (final INTEGER NOT NULL, until INTEGER NOT NULL, unbroken INTEGER)";
        yield return $"INSERT INTO {WriteFreeze.ControlTable} VALUES (0, {until}, NULL)";
        var number = 0;
        foreach (var table in tables)
        {
            number++;
            foreach (var verb in new[] { "INSERT", "UPDATE", "DELETE" })
            {
                yield return $"""
                    CREATE TRIGGER {Trigger}{number}_{verb.ToLowerInvariant()} BEFORE {verb} ON {SqlName.Quote(table)}
                    WHEN (SELECT final OR {Now} < until FROM {WriteFreeze.ControlTable})
                    BEGIN SELECT RAISE(ABORT, '{PostgresFreezeSql.Refusal}'); END
                    """;
            }
        }
    }
}
