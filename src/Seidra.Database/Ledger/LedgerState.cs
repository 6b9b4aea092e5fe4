using System.Data.Common;

namespace Seidra.Database;

/// <summary>
/// What the migration notes about itself in the target, as text by key; each call is part of the transaction that the connection
/// stands in, so that a note and what it tells of are there together.
/// </summary>
internal static class LedgerState
{
    /// <summary>Of which plan the rows are.</summary>
    public const string Plan = "plan";

    /// <summary>The version of the media map that the rows were made with.</summary>
    public const string MediaMap = "media-map";

    /// <summary>Which installation of the change capture the copy belongs to.</summary>
    public const string Epoch = "epoch";

    /// <summary>How far the feed is applied.</summary>
    public const string Position = "position";

    /// <summary>What is done.</summary>
    public const string Phase = "phase";

    /// <summary>The value; null where there is none.</summary>
    public static async Task<string?> GetAsync(DbConnection connection, string key, CancellationToken cancel)
    {
        await using var command = connection.Sql($"SELECT value FROM {LedgerSchema.State} WHERE key = @key", ("key", key));
        return (string?)await command.ExecuteScalarAsync(cancel);
    }

    /// <summary>All values whose key begins so, by what follows.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> AllAsync(DbConnection connection, string prefix, CancellationToken cancel)
    {
        await using var command = connection.Sql($"SELECT key, value FROM {LedgerSchema.State} WHERE substr(key, 1, @length) = @prefix", ("length", prefix.Length), ("prefix", prefix));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancel))
            found[reader.GetString(0)[prefix.Length..]] = reader.GetString(1);
        return found;
    }

    /// <summary>Sets a value.</summary>
    public static async Task SetAsync(DbConnection connection, string key, string value, CancellationToken cancel)
    {
        await using var command = connection.Sql(
            $"INSERT INTO {LedgerSchema.State} (key, value) VALUES (@key, @value) ON CONFLICT (key) DO UPDATE SET value = excluded.value", ("key", key), ("value", value));
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Removes a value; false where there was none.</summary>
    public static async Task<bool> RemoveAsync(DbConnection connection, string key, CancellationToken cancel)
    {
        await using var command = connection.Sql($"DELETE FROM {LedgerSchema.State} WHERE key = @key", ("key", key));
        return await command.ExecuteNonQueryAsync(cancel) > 0;
    }
}
