namespace Seidra.Database;

/// <summary>The statements of a capture on PostgreSQL.</summary>
internal static class PostgresCaptureSql
{
    private static readonly string[] _plain = ["smallint", "integer", "bigint", "text", "character", "uuid"];

    public const string RecordTable = $"CREATE TABLE {CaptureNames.Record} (epoch text NOT NULL, kind text NOT NULL, tables text NOT NULL, slot text, publication text, released pg_lsn)";

    /// <summary>Rows come and go at once, so the log is vacuumed early; a key of NULL says that the table was emptied.</summary>
    public const string LogTable = $"""
        CREATE TABLE {CaptureNames.Log} (seq bigserial PRIMARY KEY, table_name text NOT NULL, key text, noted timestamptz NOT NULL DEFAULT clock_timestamp())
        WITH (autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_scale_factor = 0)
        """;

    /// <summary>The publication as the catalog has it: whoever alters it, and alters it back, leaves a trace here.</summary>
    public const string Publication = $"""
        (SELECT concat_ws('/', (SELECT string_agg(concat_ws(':', p.oid, p.xmin), ',') FROM pg_publication p WHERE p.pubname = '{CaptureNames.Publication}'),
          (SELECT string_agg(concat_ws(':', r.prrelid, r.oid, r.xmin), ',' ORDER BY r.prrelid) FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid WHERE p.pubname = '{CaptureNames.Publication}')))
        """;

    /// <summary>
    /// One short text for everything that must stay as it was: names, columns, triggers, publication. Cheap enough to be
    /// asked with every read; what differs is found out afterwards. Takes the tables' oids. Beside it, what the snapshot sees.
    /// </summary>
    public const string Stamp = $"""
        SELECT md5(concat_ws('|',
          (SELECT string_agg(concat_ws(':', c.oid, c.relname, c.relnamespace, c.relreplident), ',' ORDER BY c.oid) FROM pg_class c WHERE c.oid = ANY ($1)),
          (SELECT string_agg(concat_ws(':', a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod), ',' ORDER BY a.attrelid, a.attnum)
           FROM pg_attribute a WHERE a.attrelid = ANY ($1) AND a.attnum > 0 AND NOT a.attisdropped),
          (SELECT string_agg(concat_ws(':', t.oid, t.tgenabled), ',' ORDER BY t.oid) FROM pg_trigger t WHERE t.tgrelid = ANY ($1) AND t.tgname LIKE 'seidra\_cutover\_note\_%'),
          {Publication})), txid_current_snapshot()::text
        """;

    /// <summary>Triggers on which the capture rests, by table; ALWAYS alone sees what replica sessions do.</summary>
    public const string Triggers = """
        SELECT t.tgrelid, count(*) FROM pg_trigger t
        WHERE t.tgrelid = ANY ($1) AND t.tgname LIKE 'seidra\_cutover\_note\_%' AND t.tgenabled = 'A' GROUP BY 1
        """;

    /// <summary>How many triggers a captured table has.</summary>
    public const int TriggersPerTable = 2;

    /// <summary>
    /// Function and triggers of one table. The function is the owner's (SECURITY DEFINER), for clients have no right on the
    /// log, and trusts no search_path; the key's text is the same in every session.
    /// </summary>
    public static string Attach(PostgresTable table, string key, int number, string schema)
    {
        var function = SqlName.Quote(schema, CaptureNames.Note + number);
        var column = SqlName.Quote(key);
        string Insert(string value) => $"INSERT INTO {SqlName.Quote(schema, CaptureNames.Log)} (table_name, key) VALUES ({SqlName.Literal(table.Name)}, {value});";
        string Row(string row) => $"IF {row}.{column} IS NOT NULL THEN {Insert($"{row}.{column}::text")} END IF;";
        var body = $"""
            BEGIN
              IF TG_OP = 'TRUNCATE' THEN {Insert("NULL")}
              ELSIF TG_OP = 'INSERT' THEN {Row("NEW")}
              ELSIF TG_OP = 'DELETE' THEN {Row("OLD")}
              ELSE
                {Row("OLD")}
                IF NEW.{column}::text IS DISTINCT FROM OLD.{column}::text THEN {Row("NEW")} END IF;
              END IF;
              RETURN NULL;
            END
            """;
        return $"""
            CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp {Text(table, key)} AS {SqlName.Literal(body)};
            REVOKE ALL ON FUNCTION {function}() FROM PUBLIC;
            CREATE TRIGGER {CaptureNames.Note}row AFTER INSERT OR UPDATE OR DELETE ON {table.Qualified} FOR EACH ROW EXECUTE PROCEDURE {function}();
            CREATE TRIGGER {CaptureNames.Note}truncate AFTER TRUNCATE ON {table.Qualified} FOR EACH STATEMENT EXECUTE PROCEDURE {function}();
            ALTER TABLE {table.Qualified} ENABLE ALWAYS TRIGGER {CaptureNames.Note}row;
            ALTER TABLE {table.Qualified} ENABLE ALWAYS TRIGGER {CaptureNames.Note}truncate
            """;
    }

    /// <summary>
    /// Publishes the tables; from version 15 only the columns by which rows are told apart, for nothing else is read. Such a
    /// list must hold the whole replica identity, or Classic's own updates would fail.
    /// </summary>
    public static string Publish(IReadOnlyList<(PostgresTable Table, string Key)> tables, Version server)
    {
        var list = tables.Select(pair => pair.Table.Qualified + (server.Major >= 15 && pair.Table.Identity != 'f'
            ? $" ({string.Join(", ", pair.Table.IdentityColumns.Append(pair.Key).Distinct(StringComparer.Ordinal).Select(SqlName.Quote))})" : ""));
        return $"CREATE PUBLICATION {CaptureNames.Publication} FOR TABLE {string.Join(", ", list)} WITH (publish = 'insert, update, delete, truncate', publish_via_partition_root = true)";
    }

    // Setting them costs microseconds with every row, and numbers and texts read the same whatever they are.
    private static string Text(PostgresTable table, string key) =>
        _plain.Any(type => table.Columns.Any(column => column.StartsWith($"{key} {type}", StringComparison.Ordinal)))
            ? "" : "SET datestyle = 'ISO, YMD' SET timezone = 'UTC' SET intervalstyle = 'iso_8601' SET extra_float_digits = 3 SET bytea_output = 'hex'";
}
