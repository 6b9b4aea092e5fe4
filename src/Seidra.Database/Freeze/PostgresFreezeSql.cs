using System.Globalization;

namespace Seidra.Database;

/// <summary>The statements of a freeze on PostgreSQL.</summary>
internal static class PostgresFreezeSql
{
    public const string Function = "seidra_cutover_refuse";
    public const string Trigger = "seidra_cutover_freeze";

    /// <summary>What a refused client reads; also how a refusal is told from other errors.</summary>
    public const string Refusal = "SEIDRA Classic takes no writes now: it is moving to SEIDRA Ultimate";

    /// <summary>
    /// Classic's tables: those that a statement without schema finds, partitions included, what belongs to an extension or to
    /// this program (the freeze itself, the capture's log, which must stay writable) not.
    /// </summary>
    public const string Tables = $"""
        SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname),
               EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = '{Trigger}')
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY (current_schemas(false)) AND c.relname NOT LIKE 'seidra\_cutover\_%'
          AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
        ORDER BY 1
        """;

    public const string ControlDdl = $"CREATE TABLE IF NOT EXISTS {WriteFreeze.ControlTable} (one boolean PRIMARY KEY CHECK (one), final boolean NOT NULL, until timestamptz NOT NULL, unbroken boolean)";

    public const string SetUntil = $"INSERT INTO {WriteFreeze.ControlTable} VALUES (true, false, $1, NULL) ON CONFLICT (one) DO UPDATE SET final = false, until = EXCLUDED.until, unbroken = NULL";

    /// <summary>
    /// The function that refuses. The deadline stands in its body, not in a table: a transaction that took its snapshot
    /// before the freeze would not see a table's new row, but every statement runs the newest function.
    /// </summary>
    /// <param name="until">When it ends; null for never.</param>
    public static string Refuse(DateTimeOffset? until)
    {
        var condition = until is { } time ? $"clock_timestamp() < timestamptz '{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}+00'" : "true";
        return $"""
            CREATE OR REPLACE FUNCTION {Function}() RETURNS trigger LANGUAGE plpgsql AS $refuse$
            BEGIN
              IF {condition} THEN
                RAISE EXCEPTION '{Refusal}' USING ERRCODE = 'read_only_sql_transaction', HINT = 'Try again shortly.';
              END IF;
              RETURN NULL;
            END $refuse$
            """;
    }

    /// <summary>The same function, letting everything through.</summary>
    public const string Allow = $"CREATE OR REPLACE FUNCTION {Function}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'";

    /// <summary>A statement trigger: it fires once, also for TRUNCATE and for statements that touch no row; ALWAYS: in replica sessions too.</summary>
    public static string Attach(string table) =>
        $"CREATE TRIGGER {Trigger} BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE PROCEDURE {Function}(); ALTER TABLE {table} ENABLE ALWAYS TRIGGER {Trigger}";
}
