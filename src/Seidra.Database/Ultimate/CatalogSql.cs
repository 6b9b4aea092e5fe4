namespace Seidra.Database;

/// <summary>The catalog queries of an engine; every value comes as text, flags as '0' and '1'.</summary>
/// <param name="Columns">table, column, type, not null, default.</param>
/// <param name="Indexes">table, index, unique, column; one line per column, in order.</param>
/// <param name="ForeignKeys">table, column, table referred to, delete rule.</param>
internal sealed record CatalogSql(string Columns, string Indexes, string ForeignKeys)
{
    private const string VisibleTables = """
        c.relkind IN ('r', 'p') AND pg_catalog.pg_table_is_visible(c.oid)
        AND c.relnamespace <> 'pg_catalog'::regnamespace AND c.relpersistence <> 't'
        """;

    public static readonly CatalogSql PostgreSql = new(
        $"""
        SELECT c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod),
               CASE WHEN a.attnotnull THEN '1' ELSE '0' END,
               COALESCE(pg_get_expr(d.adbin, d.adrelid), CASE WHEN a.attidentity <> '' THEN 'identity' END)
        FROM pg_class c
        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE {VisibleTables} ORDER BY c.relname, a.attnum
        """,
        $"""
        SELECT c.relname::text, i.relname::text, CASE WHEN x.indisunique THEN '1' ELSE '0' END, a.attname::text
        FROM pg_class c JOIN pg_index x ON x.indrelid = c.oid JOIN pg_class i ON i.oid = x.indexrelid
        CROSS JOIN LATERAL unnest(x.indkey) WITH ORDINALITY AS k(attnum, place)
        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
        WHERE {VisibleTables} AND k.place <= x.indnkeyatts ORDER BY i.relname, k.place
        """,
        $"""
        SELECT c.relname::text, a.attname::text, r.relname::text,
               CASE f.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT'
                                  WHEN 'r' THEN 'RESTRICT' ELSE 'NO ACTION' END
        FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class r ON r.oid = f.confrelid
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = f.conkey[1]
        WHERE f.contype = 'f' AND {VisibleTables} ORDER BY c.relname, f.conname
        """);

    public static readonly CatalogSql Sqlite = new(
        """
        SELECT m.name, c.name, c.type, CASE WHEN c."notnull" OR c.pk THEN '1' ELSE '0' END, CAST(c.dflt_value AS TEXT)
        FROM sqlite_master m LEFT JOIN pragma_table_info(m.name) c
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY m.name, c.cid
        """,
        """
        SELECT m.name, i.name, CAST(i."unique" AS TEXT), c.name
        FROM sqlite_master m JOIN pragma_index_list(m.name) i JOIN pragma_index_info(i.name) c
        WHERE m.type = 'table' ORDER BY i.name, c.seqno
        """,
        """
        SELECT m.name, f."from", f."table", f.on_delete
        FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
        WHERE m.type = 'table' AND f.seq = 0 ORDER BY m.name, f."from"
        """);
}
