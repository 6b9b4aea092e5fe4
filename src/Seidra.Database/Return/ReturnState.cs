using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>
/// What the way back keeps in Ultimate's ledger: from where changes count, and the demo account as it was then. In Ultimate,
/// for Classic is locked at that moment.
/// </summary>
internal static class ReturnState
{
    /// <summary>The capture's position at the switch; its presence says that the way back is armed.</summary>
    public const string From = "return.from";

    /// <summary>The demo account at the switch.</summary>
    public const string Demo = "return.demo";

    public static async Task<DbConnection> OpenAsync(DatabaseEndpoint ultimate, CancellationToken cancel) => ultimate.Kind == DatabaseKind.PostgreSql
        ? await ultimate.OpenPostgresAsync(cancel)
        : await ultimate.OpenSqliteAsync(SqliteOpenMode.ReadWrite, cancel);

    /// <summary>Makes the two ledger tables that the way back uses where they are missing.</summary>
    public static async Task PrepareAsync(DbConnection ultimate, DatabaseKind kind, CancellationToken cancel)
    {
        foreach (var statement in LedgerSchema.Ddl(kind).Where(statement => statement.Contains($"EXISTS {LedgerSchema.State} ", StringComparison.Ordinal) || statement.Contains($"EXISTS {LedgerSchema.Keys} ", StringComparison.Ordinal)))
            await ExecuteAsync(ultimate, statement, cancel);
    }

    public static async Task<string?> ReadAsync(DbConnection ultimate, string key, CancellationToken cancel)
    {
        await using var command = Command(ultimate, $"SELECT value FROM {LedgerSchema.State} WHERE key = @key", ("key", key));
        return await command.ExecuteScalarAsync(cancel) as string;
    }

    public static async Task WriteAsync(DbConnection ultimate, string key, string value, CancellationToken cancel)
    {
        await using var command = Command(ultimate, $"INSERT INTO {LedgerSchema.State} (key, value) VALUES (@key, @value) ON CONFLICT (key) DO UPDATE SET value = excluded.value", ("key", key), ("value", value));
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Forgets that the way back is armed.</summary>
    public static Task ClearAsync(DbConnection ultimate, CancellationToken cancel) =>
        ExecuteAsync(ultimate, $"DELETE FROM {LedgerSchema.State} WHERE key IN ('{From}', '{Demo}')", cancel);

    /// <summary>Writes down which key a row born in Ultimate has in Classic, so that it comes back under its own.</summary>
    public static async Task RememberAsync(DbConnection ultimate, string table, string source, string target, CancellationToken cancel)
    {
        await using var command = Command(
            ultimate,
            $"INSERT INTO {LedgerSchema.Keys} (table_name, source_key, target_key) VALUES (@table, @source, @target) ON CONFLICT (table_name, source_key) DO UPDATE SET target_key = excluded.target_key",
            ("table", table), ("source", source), ("target", target));
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static DbCommand Command(DbConnection connection, string sql, params (string Name, string Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
