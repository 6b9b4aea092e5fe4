using Npgsql;

namespace Seidra.Database;

/// <summary>What a backup must hold, read from PostgreSQL's catalog.</summary>
internal static class PgCatalog
{
    /// <summary>Everything that users made: no system schemas, nothing that an extension owns (it brings that itself).</summary>
    private const string UserRelations = """
        pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%' AND c.relpersistence <> 't'
          AND NOT EXISTS (SELECT FROM pg_depend d
                          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
        """;

    // Ranges of blocks can be read by themselves since PostgreSQL 14 (TID range scan), where the server keeps rows itself.
    // The binary form of a type made by users may hold object ids, and some built-in types have no binary form or print
    // names that depend on the server; those columns are hashed as text.
    private const string TablesSql = $"""
        SELECT n.nspname, c.relname,
               COALESCE((SELECT string_agg(quote_ident(a.attname)
                           || CASE WHEN t.oid < 16384 AND t.typsend <> 0 AND t.typname NOT LIKE 'reg%' AND t.typname NOT LIKE '\_reg%'
                                   THEN '' ELSE '::text' END, ', ' ORDER BY a.attnum)
                         FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), ''),
               CASE WHEN current_setting('server_version_num')::int >= 140000 AND c.relam = (SELECT oid FROM pg_am WHERE amname = 'heap')
                    THEN COALESCE(pg_relation_size(c.oid), 0) / current_setting('block_size')::bigint ELSE 0 END
        FROM {UserRelations} AND c.relkind = 'r'
        ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
        """;

    private const string ObjectsSql = $"""
        SELECT CASE c.relkind WHEN 'i' THEN 'indexes' WHEN 'I' THEN 'indexes' WHEN 'S' THEN 'sequences'
                              WHEN 'v' THEN 'views' WHEN 'm' THEN 'views' END AS kind, count(*)
        FROM {UserRelations} AND c.relkind IN ('i', 'I', 'S', 'v', 'm') GROUP BY 1
        UNION ALL
        SELECT 'constraints', count(*) FROM pg_constraint WHERE conrelid IN (SELECT c.oid FROM {UserRelations})
        UNION ALL
        SELECT 'triggers', count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgrelid IN (SELECT c.oid FROM {UserRelations})
        """;

    /// <summary>Settings under which the text form of every type is the same on every server.</summary>
    public const string CanonicalSettings = """
        SET search_path = pg_catalog; SET row_security = off; SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD';
        SET IntervalStyle = 'postgres'; SET extra_float_digits = 1; SET bytea_output = 'hex';
        SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET lock_timeout = '60s'
        """;

    /// <summary>All tables with rows of their own, sorted by schema and name.</summary>
    public static async Task<IReadOnlyList<PgTable>> TablesAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(TablesSql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var tables = new List<PgTable>();
        while (await reader.ReadAsync(cancel))
            tables.Add(new PgTable(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3)));
        return tables;
    }

    /// <summary>How many indexes, sequences, views, constraints and triggers there are.</summary>
    public static async Task<SortedDictionary<string, long>> ObjectsAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(ObjectsSql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var objects = new SortedDictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancel))
            objects[reader.GetString(0)] = reader.GetInt64(1);
        return objects;
    }
}
