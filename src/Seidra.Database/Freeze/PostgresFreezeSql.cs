using System.Globalization;

namespace Seidra.Database;

/// <summary>
/// The statements of a freeze on PostgreSQL. The deadline is an argument of each trigger and "for good" is the body of its
/// function: both live in the catalog, which every statement reads as of now. A control table would be read through the
/// snapshot of the writer's transaction, and a REPEATABLE READ writer that waited for our lock would not see its row.
/// </summary>
internal static class PostgresFreezeSql
{
    public const string Name = "seidra_cutover_freeze";
    private const string Function = $"public.{Name}";

    public const string ReadState = $"""
        SELECT obj_description(p.oid, 'pg_proc') FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE p.proname = '{Name}' AND n.nspname = 'public'
        """;

    // lock_timeout is set by the caller: dropping triggers needs the strongest lock.
    public const string Lift = $"DROP FUNCTION IF EXISTS {Function}() CASCADE";

    public const string Finalise = $"""
        CREATE OR REPLACE FUNCTION {Function}() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
          RAISE EXCEPTION 'seidra: writes were moved to Ultimate' USING ERRCODE = 'read_only_sql_transaction';
        END $body$;
        COMMENT ON FUNCTION {Function}() IS 'final';
        """;

    /// <summary>Holds every table against writers; readers go on.</summary>
    public static string Lock(IReadOnlyList<PgTable> tables) =>
        $"LOCK TABLE {string.Join(", ", tables.Select(table => table.Sql))} IN SHARE ROW EXCLUSIVE MODE";

    /// <summary>Function and triggers that refuse writes until the deadline; session_replication_role cannot switch them off.</summary>
    public static string Refuse(IReadOnlyList<PgTable> tables, DateTimeOffset until)
    {
        var instant = until.ToString("O", CultureInfo.InvariantCulture);
        return $"""
            CREATE OR REPLACE FUNCTION {Function}() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
              IF clock_timestamp() < TG_ARGV[0]::timestamptz THEN
                RAISE EXCEPTION 'seidra: write freeze until %', TG_ARGV[0] USING ERRCODE = 'read_only_sql_transaction';
              END IF;
              RETURN NULL;
            END $body$;
            COMMENT ON FUNCTION {Function}() IS '{instant}';
            {string.Join('\n', tables.Select(table => Trigger(table, instant)))}
            """;
    }

    /// <summary>A write that changes nothing, and must be refused all the same.</summary>
    public static string Try(PgTable table) => $"DELETE FROM {table.Sql} WHERE false";

    // No DROP TRIGGER before it: that would wait for readers. A freeze that a killed run committed is lifted beforehand.
    private static string Trigger(PgTable table, string instant) => $"""
        CREATE TRIGGER {Name} BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table.Sql}
          FOR EACH STATEMENT EXECUTE FUNCTION {Function}('{instant}');
        ALTER TABLE {table.Sql} ENABLE ALWAYS TRIGGER {Name};
        """;
}
