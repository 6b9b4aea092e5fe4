using Npgsql;

namespace Seidra.Database;

/// <summary>What the capture must know of a table of PostgreSQL.</summary>
/// <param name="Name">Its name, as the map has it.</param>
/// <param name="Oid">Its number in the catalog.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Columns">Name and type of each column.</param>
/// <param name="Kind">pg_class.relkind.</param>
/// <param name="Persistence">pg_class.relpersistence.</param>
/// <param name="Identity">pg_class.relreplident.</param>
/// <param name="IdentityColumns">The columns by which the server tells replicas which row was changed.</param>
/// <param name="IsOwned">Whether the role may act as its owner.</param>
internal sealed record PostgresTable(
    string Name, uint Oid, string Schema, IReadOnlyList<string> Columns, char Kind, char Persistence, char Identity, IReadOnlyList<string> IdentityColumns, bool IsOwned)
{
    private const string Sql = """
        SELECT t.name, c.oid, n.nspname, c.relkind, c.relpersistence, c.relreplident, pg_has_role(c.relowner, 'USAGE'),
               ARRAY(SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
                     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum),
               ARRAY(SELECT a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
                     WHERE i.indrelid = c.oid AND CASE c.relreplident WHEN 'd' THEN i.indisprimary WHEN 'i' THEN i.indisreplident ELSE false END ORDER BY a.attnum)
        FROM unnest($1) WITH ORDINALITY t (name, place)
        JOIN pg_class c ON c.oid = to_regclass(quote_ident(t.name)) JOIN pg_namespace n ON n.oid = c.relnamespace
        ORDER BY t.place
        """;

    /// <summary>The name with its schema, for statements.</summary>
    public string Qualified => SqlName.Quote(Schema, Name);

    /// <summary>Reads tables by name, as a statement without schema finds them; those that are not there are left out.</summary>
    public static async Task<IReadOnlyList<PostgresTable>> ReadAsync(NpgsqlConnection connection, IEnumerable<string> names, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new() { Value = names.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var tables = new List<PostgresTable>();
        while (await reader.ReadAsync(cancel))
        {
            tables.Add(new PostgresTable(
                reader.GetString(0), reader.GetFieldValue<uint>(1), reader.GetString(2), reader.GetFieldValue<string[]>(7),
                reader.GetChar(3), reader.GetChar(4), reader.GetChar(5), reader.GetFieldValue<string[]>(8), reader.GetBoolean(6)));
        }

        return tables;
    }

    /// <summary>The same; every table and its key must be there.</summary>
    /// <exception cref="DatabaseException">One is not.</exception>
    public static async Task<IReadOnlyList<PostgresTable>> RequireAsync(DatabaseEndpoint endpoint, NpgsqlConnection connection, IReadOnlyList<CapturedTable> captured, CancellationToken cancel)
    {
        var found = await ReadAsync(connection, captured.Select(table => table.Name), cancel);
        foreach (var table in captured)
        {
            var columns = found.FirstOrDefault(one => one.Name == table.Name)?.Columns
                ?? throw new DatabaseException($"Expected a table {table.Name} in {endpoint.Display}, found none. Correct the schema map, and see: ./build.sh --target=Plan");
            if (!columns.Any(column => column.StartsWith(table.Key + " ", StringComparison.Ordinal)))
                throw new DatabaseException($"Expected table {table.Name} to have its key column {table.Key}, found {string.Join(", ", columns)}. Correct the schema map, and see: ./build.sh --target=Plan");
        }

        return found;
    }
}
