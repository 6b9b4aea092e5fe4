using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Seidra.Database;

/// <summary>Reads tables, columns, indexes and foreign keys of either engine in one form.</summary>
internal static class DatabaseCatalog
{
    /// <summary>All tables that a statement without schema would find, by name in whatever case.</summary>
    public static async Task<IReadOnlyDictionary<string, CatalogTable>> ReadAsync(DatabaseEndpoint endpoint, CancellationToken cancel)
    {
        try
        {
            if (endpoint.Kind == DatabaseKind.PostgreSql)
            {
                await using var connection = await endpoint.OpenPostgresAsync(cancel);
                return await ReadAsync(connection, cancel);
            }

            await using var file = await endpoint.OpenSqliteAsync(SqliteOpenMode.ReadOnly, cancel);
            return await ReadAsync(file, cancel);
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(endpoint, error, "read the catalog of");
        }
    }

    /// <summary>The same on an open connection, inside its transaction.</summary>
    public static async Task<IReadOnlyDictionary<string, CatalogTable>> ReadAsync(DbConnection connection, CancellationToken cancel)
    {
        var sql = connection is NpgsqlConnection ? CatalogSql.PostgreSql : CatalogSql.Sqlite;
        var columns = await RowsAsync(connection, sql.Columns, cancel);
        var indexes = await RowsAsync(connection, sql.Indexes, cancel);
        var foreignKeys = await RowsAsync(connection, sql.ForeignKeys, cancel);
        return columns.GroupBy(row => row[0]!, StringComparer.Ordinal).ToDictionary(
            table => table.Key,
            table => new CatalogTable(
                table.Key,
                [.. table.Where(row => row[1] is not null).Select(row => new CatalogColumn(row[1]!, row[2]!.ToLowerInvariant(), row[3] == "1", row[4]))],
                [.. indexes.Where(row => row[0] == table.Key).GroupBy(row => row[1]!, StringComparer.Ordinal)
                    .Select(index => new CatalogIndex(index.Key, [.. index.Select(row => row[3] ?? "")], index.First()[2] == "1"))],
                [.. foreignKeys.Where(row => row[0] == table.Key).Select(row => new CatalogForeignKey(row[1]!, row[2]!, row[3]!))]),
            StringComparer.OrdinalIgnoreCase);
    }

    private static async Task<List<string?[]>> RowsAsync(DbConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<string?[]>();
        while (await reader.ReadAsync(cancel))
        {
            var row = new string?[reader.FieldCount];
            for (var field = 0; field < row.Length; field++)
                row[field] = reader.IsDBNull(field) ? null : reader.GetString(field);
            rows.Add(row);
        }

        return rows;
    }
}
