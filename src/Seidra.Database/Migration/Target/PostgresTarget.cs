using System.Runtime.CompilerServices;
using Npgsql;

namespace Seidra.Database;

/// <summary>Ultimate on PostgreSQL: new rows by binary COPY, changed rows by one batch of upserts.</summary>
internal sealed class PostgresTarget(NpgsqlConnection connection) : IMigrationTarget
{
    public static async Task<PostgresTarget> OpenAsync(DatabaseEndpoint target, CancellationToken cancel) =>
        new(await target.OpenPostgresAsync(cancel));

    public async Task PrepareAsync(CancellationToken cancel)
    {
        await ExecuteAsync("SET timezone = 'UTC'", cancel);
        await ExecuteAsync("SET client_min_messages = warning", cancel);
        foreach (var statement in LedgerTables.Ddl(DatabaseKind.PostgreSql))
            await ExecuteAsync(statement, cancel);
    }

    public async Task<long> ForeignRowsAsync(TargetTable table, CancellationToken cancel) => (long)(await ScalarAsync(
        $"""
        SELECT count(*) FROM {table.Quoted} t
        WHERE NOT EXISTS (SELECT 1 FROM {LedgerTables.Ledger} l WHERE l.table_name = $1 AND l.target_key = t.id::text)
        {(table.Own is { } own ? $"AND NOT coalesce({own}, false)" : "")}
        """,
        cancel,
        table.Name))!;

    public async Task<IReadOnlyList<LedgerEntry>> LedgerAsync(string table, RowKey? after, int limit, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT source_number, source_text, occurrence, target_key, fingerprint, checksum FROM {LedgerTables.Ledger}
            WHERE table_name = $1 {(after is null ? "" : "AND (source_number, source_text, occurrence) > ($3, $4, $5)")}
            ORDER BY source_number, source_text, occurrence LIMIT $2
            """,
            connection);
        command.Parameters.Add(new() { Value = table });
        command.Parameters.Add(new() { Value = limit });
        if (after is { } key)
        {
            command.Parameters.Add(new() { Value = key.Number });
            command.Parameters.Add(new() { Value = key.Text });
            command.Parameters.Add(new() { Value = key.Occurrence });
        }

        var entries = new List<LedgerEntry>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            entries.Add(new LedgerEntry(
                new RowKey(reader.GetInt64(0), reader.GetString(1), reader.GetInt32(2)),
                reader.IsDBNull(3) ? null : reader.GetString(3),
                HashBytes.Read(reader.GetFieldValue<byte[]>(4)),
                HashBytes.Read(reader.GetFieldValue<byte[]>(5))));
        }

        return entries;
    }

    public async Task<IReadOnlyDictionary<long, long>> MovedAsync(string table, CancellationToken cancel)
    {
        var moved = new Dictionary<long, long>();
        await using var command = new NpgsqlCommand($"SELECT source_key::bigint, target_key::bigint FROM {LedgerTables.Ledger} WHERE table_name = $1 AND target_key <> source_key", connection);
        command.Parameters.Add(new() { Value = table });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            moved[reader.GetInt64(0)] = reader.GetInt64(1);
        return moved;
    }

    public async Task<IReadOnlyList<long>> OwnKeysAsync(TargetTable table, CancellationToken cancel)
    {
        var keys = new List<long>();
        if (table.Own is null)
            return keys;
        await using var command = new NpgsqlCommand($"SELECT id::bigint FROM {table.Quoted} WHERE {table.Own}", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            keys.Add(reader.GetInt64(0));
        return keys;
    }

    public async Task<long> HighestKeyAsync(TargetTable table, CancellationToken cancel) =>
        (long)(await ScalarAsync($"SELECT coalesce(max(id), 0)::bigint FROM {table.Quoted}", cancel))!;

    public async Task ApplyAsync(TargetTable table, IReadOnlyList<RowChange> changes, bool fresh, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var written = changes.Where(change => change.Values is not null).ToList();
        if (!fresh)
            await PostgresRows.ParkAsync(connection, table, written, cancel);
        await PostgresRows.CopyAsync(connection, table, [.. written.Where(change => change.IsNew && !change.KeepExisting)], cancel);
        await PostgresRows.UpsertAsync(connection, table, [.. written.Where(change => !change.IsNew || change.KeepExisting)], cancel);
        await PostgresLedger.WriteAsync(connection, table.Name, changes, cancel);
        await transaction.CommitAsync(cancel);
    }

    public async Task RemoveAsync(TargetTable table, IReadOnlyList<RowRemoval> removals, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var keys = removals.Select(removal => removal.Known.TargetKey).OfType<string>().ToArray();
        var own = table.Own is null ? "" : $" AND NOT coalesce({table.Own}, false)";
        await ExecuteAsync($"DELETE FROM {table.Quoted} WHERE id = ANY($1::{(table.Key.Type == TargetType.Integer ? "bigint" : "text")}[]){own}", cancel, (object)keys);
        await PostgresLedger.DeleteAsync(connection, table.Name, [.. removals.Where(removal => removal is { Replacement: null, Kept: false }).Select(removal => removal.Known.Key)], cancel);
        await PostgresLedger.WriteAsync(connection, table.Name, [.. removals.Select(removal => removal.Replacement).OfType<RowChange>()], cancel);
        await transaction.CommitAsync(cancel);
    }

    public async Task SetSequenceAsync(TargetTable table, CancellationToken cancel)
    {
        if (await ScalarAsync("SELECT pg_get_serial_sequence($1, 'id')", cancel, table.Quoted) is not string sequence)
            return;
        await ExecuteAsync($"SELECT setval('{sequence}', greatest((SELECT coalesce(max(id), 0) FROM {table.Quoted}), (SELECT last_value FROM {sequence}), {DemoAccount.Id}))", cancel);
    }

    public async IAsyncEnumerable<object?[]> ReadAsync(TargetTable table, [EnumeratorCancellation] CancellationToken cancel)
    {
        var where = table.Own is { } own ? $" WHERE NOT coalesce({own}, false)" : "";
        await using var command = new NpgsqlCommand($"SELECT {table.ColumnList} FROM {table.Quoted}{where}", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var values = new object?[table.Columns.Count];
            for (var index = 0; index < values.Length; index++)
                values[index] = reader.IsDBNull(index) ? null : PostgresRows.Value(reader, index, table.Columns[index].Type);
            yield return values;
        }
    }

    public async Task<bool> HasDemoAccountAsync(CancellationToken cancel) =>
        await ScalarAsync($"SELECT 1 FROM users WHERE id = {DemoAccount.Id}", cancel) is not null;

    public async Task<IReadOnlyDictionary<string, long>> CountAsync(string ledgerTable, CancellationToken cancel)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand($"SELECT reason, count(*) FROM {ledgerTable} GROUP BY 1 ORDER BY 1", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            counts[reader.GetString(0)] = reader.GetInt64(1);
        return counts;
    }

    public async IAsyncEnumerable<(string Key, string Reason)> QuarantineAsync(string table, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"SELECT source_key, reason FROM {LedgerTables.Quarantine} WHERE table_name = $1", connection);
        command.Parameters.Add(new() { Value = table });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            yield return (reader.GetString(0), reader.GetString(1));
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task ExecuteAsync(string sql, CancellationToken cancel, params object[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<object?> ScalarAsync(string sql, CancellationToken cancel, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync(cancel);
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
