using Npgsql;

namespace Seidra.Database;

/// <summary>An index, key or foreign key as it is now.</summary>
/// <param name="Drop">What takes it away.</param>
/// <param name="Step">What makes exactly the same again.</param>
internal sealed record IndexFact(string Drop, IndexStep Step);

/// <summary>Reads from PostgreSQL's catalog what makes the indexes, keys and foreign keys of tables as they are.</summary>
internal static class IndexCatalog
{
    private const string ForeignKeys = """
        SELECT c.relname::text, r.relname::text, f.conname::text, pg_get_constraintdef(f.oid)
        FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class r ON r.oid = f.confrelid
        WHERE f.contype = 'f' AND (f.conrelid = ANY($1::regclass[]) OR f.confrelid = ANY($1::regclass[]))
        ORDER BY c.relname, f.conname
        """;

    // A key's index is made first, so that only its naming needs the table for itself.
    private const string Indexes = """
        SELECT c.relname::text, i.relname::text, pg_get_indexdef(x.indexrelid), k.contype::text, k.conname::text,
               CASE WHEN k.condeferrable THEN ' DEFERRABLE' || CASE WHEN k.condeferred THEN ' INITIALLY DEFERRED' ELSE '' END ELSE '' END
        FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
        LEFT JOIN pg_constraint k ON k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x') AND k.conrelid = x.indrelid
        WHERE x.indrelid = ANY($1::regclass[]) AND coalesce(k.contype, 'p') <> 'x'
        ORDER BY c.relname, k.contype IS DISTINCT FROM 'p', k.contype IS NULL, i.relname
        """;

    /// <summary>Foreign keys from and to the tables, then their keys and indexes.</summary>
    public static async Task<IReadOnlyList<IndexFact>> ReadAsync(NpgsqlConnection connection, IReadOnlyList<TargetTable> tables, CancellationToken cancel)
    {
        var names = tables.Select(table => table.Quoted).ToArray();
        var foreign = await RowsAsync(connection, ForeignKeys, names, cancel);
        var indexes = await RowsAsync(connection, Indexes, names, cancel);
        return
        [
            .. foreign.Select(row => new IndexFact(
                $"ALTER TABLE {SqlName.Quote(row[0])} DROP CONSTRAINT {SqlName.Quote(row[2])}",
                new IndexStep(row[2], row[0], row[1], [$"ALTER TABLE {SqlName.Quote(row[0])} ADD CONSTRAINT {SqlName.Quote(row[2])} {row[3]}"]))),
            .. indexes.Select(row => row[3] == ""
                ? new IndexFact($"DROP INDEX {SqlName.Quote(row[1])}", new IndexStep(row[1], row[0], null, [row[2]]))
                : new IndexFact($"ALTER TABLE {SqlName.Quote(row[0])} DROP CONSTRAINT {SqlName.Quote(row[4])}", new IndexStep(row[1], row[0], null, [row[2], Named(row)]))),
        ];
    }

    private static string Named(string[] row) =>
        $"ALTER TABLE {SqlName.Quote(row[0])} ADD CONSTRAINT {SqlName.Quote(row[4])} {(row[3] == "p" ? "PRIMARY KEY" : "UNIQUE")} USING INDEX {SqlName.Quote(row[1])}{row[5]}";

    private static async Task<List<string[]>> RowsAsync(NpgsqlConnection connection, string sql, string[] tables, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new() { Value = tables });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<string[]>();
        while (await reader.ReadAsync(cancel))
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(field => reader.IsDBNull(field) ? "" : reader.GetString(field))]);
        return rows;
    }
}
