using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>Reads Ultimate's media rows, for the check of rows against objects.</summary>
public static class MediaRows
{
    /// <summary>All rows in the order of their ids, streamed.</summary>
    /// <exception cref="DatabaseException">The database cannot be read or has no such table.</exception>
    public static async IAsyncEnumerable<MediaRow> ReadAsync(DatabaseEndpoint target, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await using DbConnection connection = target.Kind == DatabaseKind.PostgreSql
            ? await target.OpenPostgresAsync(cancel)
            : await target.OpenSqliteAsync(SqliteOpenMode.ReadOnly, cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, file_path, thumbnail_path FROM media_items ORDER BY id";
        await using var reader = await OpenAsync(target, command, cancel);
        while (await reader.ReadAsync(cancel))
            yield return new MediaRow(reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2));
    }

    private static async Task<DbDataReader> OpenAsync(DatabaseEndpoint target, DbCommand command, CancellationToken cancel)
    {
        try
        {
            return await command.ExecuteReaderAsync(cancel);
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(target, error, "read the media rows of");
        }
    }
}
