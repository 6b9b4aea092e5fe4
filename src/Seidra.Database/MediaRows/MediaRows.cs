using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>Reads Ultimate's media rows, one at a time.</summary>
public static class MediaRows
{
    private const string Sql = "SELECT id, file_path, thumbnail_path FROM media_items";

    /// <summary>Every row of <c>media_items</c>; holds one row in memory.</summary>
    /// <exception cref="DatabaseException">The database cannot be read, or has no such table.</exception>
    public static async IAsyncEnumerable<MediaRow> ReadAsync(DatabaseEndpoint ultimate, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await using var connection = await OpenAsync(ultimate, cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        await using var reader = await GuardAsync(ultimate, () => command.ExecuteReaderAsync(cancel));
        while (await GuardAsync(ultimate, () => reader.ReadAsync(cancel)))
        {
            yield return new MediaRow(reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2));
        }
    }

    private static async Task<DbConnection> OpenAsync(DatabaseEndpoint ultimate, CancellationToken cancel) => ultimate.Kind is DatabaseKind.Sqlite
        ? await ultimate.OpenSqliteAsync(SqliteOpenMode.ReadOnly, cancel)
        : await ultimate.OpenPostgresAsync(cancel);

    private static async Task<T> GuardAsync<T>(DatabaseEndpoint ultimate, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(ultimate, error, "read");
        }
    }
}
