using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>Looks at a database before anything is done with it.</summary>
public static class DatabaseProbe
{
    /// <summary>Connects, counts all rows and tells the shape; changes nothing.</summary>
    /// <exception cref="DatabaseException">Unreachable, refused, missing, or no database, each in its own words.</exception>
    public static async Task<DatabaseDescription> DescribeAsync(DatabaseEndpoint endpoint, CancellationToken cancel = default)
    {
        try
        {
            return endpoint.Kind == DatabaseKind.PostgreSql
                ? await DescribePostgresAsync(endpoint, cancel)
                : await DescribeSqliteAsync(endpoint, cancel);
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(endpoint, error, "describe");
        }
    }

    /// <summary>The same, and refuses a database that is not Classic's.</summary>
    /// <exception cref="DatabaseException">As above, or the tables are not Classic's; the message names those found.</exception>
    public static async Task<DatabaseDescription> RequireClassicAsync(DatabaseEndpoint endpoint, CancellationToken cancel = default)
    {
        var description = await DescribeAsync(endpoint, cancel);
        if (description.Shape != ClassicShape.Unknown)
            return description;
        var found = description.Tables.Count == 0 ? "no table" : $"only {string.Join(", ", description.Tables.Take(12).Select(table => table.Name))}";
        throw new DatabaseException(
            $"Expected Classic's tables (users, personas, jobs, media, or Ultimate's names for them) in {endpoint.Display}, found {found}. Correct classic.database.url in the settings.");
    }

    private static async Task<DatabaseDescription> DescribePostgresAsync(DatabaseEndpoint endpoint, CancellationToken cancel)
    {
        await using var connection = await endpoint.OpenPostgresAsync(cancel);
        var tables = new List<TableSize>();
        foreach (var table in await PgCatalog.TablesAsync(connection, cancel))
            tables.Add(new TableSize(table.Display, await NumberAsync(connection, $"SELECT count(*) FROM ONLY {table.Sql}", cancel)));
        return new DatabaseDescription(
            endpoint.Kind,
            connection.PostgreSqlVersion.ToString(),
            await NumberAsync(connection, "SELECT pg_database_size(current_database())", cancel),
            ClassicShapes.Detect(await DatabaseCatalog.ReadAsync(connection, cancel)),
            tables);
    }

    private static async Task<DatabaseDescription> DescribeSqliteAsync(DatabaseEndpoint endpoint, CancellationToken cancel)
    {
        await using var connection = await endpoint.OpenSqliteAsync(SqliteOpenMode.ReadOnly, cancel);
        var tables = new List<TableSize>();
        foreach (var table in SqliteRowHasher.Tables(connection))
            tables.Add(new TableSize(table, await NumberAsync(connection, $"SELECT count(*) FROM {SqlName.Quote(table)}", cancel)));
        return new DatabaseDescription(
            endpoint.Kind,
            connection.ServerVersion,
            await NumberAsync(connection, "PRAGMA page_count", cancel) * await NumberAsync(connection, "PRAGMA page_size", cancel),
            ClassicShapes.Detect(await DatabaseCatalog.ReadAsync(connection, cancel)),
            tables);
    }

    private static async Task<long> NumberAsync(DbConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
    }
}
