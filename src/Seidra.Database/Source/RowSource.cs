using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Seidra.Database;

/// <summary>Opens Classic's rows on either engine.</summary>
internal static class RowSource
{
    /// <summary>Opens a connection of its own in a read transaction of its own.</summary>
    /// <exception cref="DatabaseException">The database cannot be reached.</exception>
    public static async Task<IRowSource> OpenAsync(DatabaseEndpoint endpoint, CancellationToken cancel) =>
        endpoint.Kind == DatabaseKind.PostgreSql
            ? await PostgresRowSource.OpenAsync(endpoint, cancel)
            : await SqliteRowSource.OpenAsync(endpoint, cancel);

    /// <summary>Reads through a connection that stands in a transaction already; its owner closes it.</summary>
    public static IRowSource Over(DbConnection snapshot, DatabaseKind kind) => kind == DatabaseKind.PostgreSql
        ? PostgresRowSource.Over((NpgsqlConnection)snapshot)
        : SqliteRowSource.Over((SqliteConnection)snapshot);
}
