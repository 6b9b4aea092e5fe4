using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>
/// Indexes on those columns of Ultimate that point to another table and have none (a job's persona): without one the engine itself
/// scans the table for each parent that goes. They are this program's, told by their name, and go when it is finished.
/// </summary>
internal static class FollowIndexes
{
    /// <summary>How their names start.</summary>
    public const string Prefix = "seidra_cutover_fk_";

    /// <summary>Makes the ledger's tables and those indexes where they are missing.</summary>
    public static async Task EnsureAsync(DatabaseEndpoint target, CancellationToken cancel)
    {
        try
        {
            await using DbConnection connection = target.Kind == DatabaseKind.PostgreSql
                ? await target.OpenPostgresAsync(cancel)
                : await target.OpenSqliteAsync(SqliteOpenMode.ReadWrite, cancel);
            if (target.Kind == DatabaseKind.PostgreSql)
                await ExecuteAsync(connection, "SET client_min_messages = warning", cancel);
            foreach (var statement in LedgerSchema.Ddl(target.Kind))
                await ExecuteAsync(connection, statement, cancel);
            foreach (var table in (await DatabaseCatalog.ReadAsync(connection, cancel)).Values)
            {
                foreach (var column in table.ForeignKeys.Select(key => key.Column).Distinct().Where(column => !table.Indexes.Any(index => index.Columns[0] == column)))
                    await ExecuteAsync(connection, $"CREATE INDEX IF NOT EXISTS {SqlName.Quote($"{Prefix}{table.Name}_{column}")} ON {SqlName.Quote(table.Name)} ({SqlName.Quote(column)})", cancel);
            }
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(target, error, "prepare following in");
        }
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancel);
    }
}
