using Npgsql;
using NpgsqlTypes;

namespace Seidra.Database;

/// <summary>Writes ledger, quarantine and notes on PostgreSQL, inside the transaction that is open.</summary>
internal static class PostgresLedger
{
    private const string Columns = "table_name, source_number, source_text, occurrence, source_key, target_key, fingerprint, checksum";

    public static async Task WriteAsync(NpgsqlConnection connection, string table, IReadOnlyList<RowChange> changes, CancellationToken cancel)
    {
        if (changes.Count == 0)
            return;
        await CopyEntriesAsync(connection, table, [.. changes.Where(change => change.IsNew).Select(change => change.Entry)], cancel);
        var known = changes.Where(change => !change.IsNew).ToList();
        await UpdateEntriesAsync(connection, table, [.. known.Select(change => change.Entry)], cancel);
        await ForgetAsync(connection, table, [.. known.Select(change => change.Entry.Key.Display)], cancel);
        await CopyAsync(
            connection, $"{LedgerTables.Quarantine} (table_name, source_key, reason, detail, \"row\")",
            changes.Where(change => change.Quarantine is not null).Select(change => new[] { table, change.Entry.Key.Display, change.Quarantine!.Reason, change.Quarantine.Detail, change.Quarantine.Json }), cancel);
        await CopyAsync(
            connection, $"{LedgerTables.Notes} (table_name, source_key, column_name, reason, original)",
            changes.SelectMany(change => change.Notes.Select(note => new[] { table, change.Entry.Key.Display, note.Column, note.Reason, note.Original })), cancel);
    }

    public static async Task DeleteAsync(NpgsqlConnection connection, string table, IReadOnlyList<RowKey> keys, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            $"DELETE FROM {LedgerTables.Ledger} l USING unnest($2, $3, $4) AS gone(n, t, o) WHERE l.table_name = $1 AND l.source_number = n AND l.source_text = t AND l.occurrence = o",
            connection);
        command.Parameters.Add(new() { Value = table });
        AddKeys(command, keys);
        await command.ExecuteNonQueryAsync(cancel);
        await ForgetAsync(connection, table, [.. keys.Select(key => key.Display)], cancel);
    }

    private static async Task ForgetAsync(NpgsqlConnection connection, string table, string[] keys, CancellationToken cancel)
    {
        if (keys.Length == 0)
            return;
        foreach (var name in new[] { LedgerTables.Quarantine, LedgerTables.Notes })
        {
            await using var command = new NpgsqlCommand($"DELETE FROM {name} WHERE table_name = $1 AND source_key = ANY($2)", connection);
            command.Parameters.Add(new() { Value = table });
            command.Parameters.Add(new() { Value = keys });
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    private static async Task UpdateEntriesAsync(NpgsqlConnection connection, string table, IReadOnlyList<LedgerEntry> entries, CancellationToken cancel)
    {
        if (entries.Count == 0)
            return;
        await using var command = new NpgsqlCommand(
            $"""
            UPDATE {LedgerTables.Ledger} l SET target_key = k, fingerprint = f, checksum = c
            FROM unnest($2, $3, $4, $5, $6, $7) AS changed(n, t, o, k, f, c)
            WHERE l.table_name = $1 AND l.source_number = n AND l.source_text = t AND l.occurrence = o
            """,
            connection);
        command.Parameters.Add(new() { Value = table });
        AddKeys(command, [.. entries.Select(entry => entry.Key)]);
        command.Parameters.Add(new() { Value = entries.Select(entry => entry.TargetKey).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = entries.Select(entry => HashBytes.Of(entry.Fingerprint)).ToArray() });
        command.Parameters.Add(new() { Value = entries.Select(entry => HashBytes.Of(entry.Checksum)).ToArray() });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static void AddKeys(NpgsqlCommand command, IReadOnlyList<RowKey> keys)
    {
        command.Parameters.Add(new() { Value = keys.Select(key => key.Number).ToArray() });
        command.Parameters.Add(new() { Value = keys.Select(key => key.Text).ToArray() });
        command.Parameters.Add(new() { Value = keys.Select(key => key.Occurrence).ToArray() });
    }

    private static async Task CopyEntriesAsync(NpgsqlConnection connection, string table, IReadOnlyList<LedgerEntry> entries, CancellationToken cancel)
    {
        if (entries.Count == 0)
            return;
        await using var writer = await connection.BeginBinaryImportAsync($"COPY {LedgerTables.Ledger} ({Columns}) FROM STDIN (FORMAT BINARY)", cancel);
        foreach (var entry in entries)
        {
            await writer.StartRowAsync(cancel);
            await writer.WriteAsync(table, NpgsqlDbType.Text, cancel);
            await writer.WriteAsync(entry.Key.Number, NpgsqlDbType.Bigint, cancel);
            await writer.WriteAsync(entry.Key.Text, NpgsqlDbType.Text, cancel);
            await writer.WriteAsync(entry.Key.Occurrence, NpgsqlDbType.Integer, cancel);
            await writer.WriteAsync(entry.Key.Display, NpgsqlDbType.Text, cancel);
            if (entry.TargetKey is { } target)
                await writer.WriteAsync(target, NpgsqlDbType.Text, cancel);
            else
                await writer.WriteNullAsync(cancel);
            await writer.WriteAsync(HashBytes.Of(entry.Fingerprint), NpgsqlDbType.Bytea, cancel);
            await writer.WriteAsync(HashBytes.Of(entry.Checksum), NpgsqlDbType.Bytea, cancel);
        }

        await writer.CompleteAsync(cancel);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string into, IEnumerable<string[]> rows, CancellationToken cancel)
    {
        var all = rows.ToList();
        if (all.Count == 0)
            return;
        await using var writer = await connection.BeginBinaryImportAsync($"COPY {into} FROM STDIN (FORMAT BINARY)", cancel);
        foreach (var row in all)
        {
            await writer.StartRowAsync(cancel);
            foreach (var value in row)
                await writer.WriteAsync(value, NpgsqlDbType.Text, cancel);
        }

        await writer.CompleteAsync(cancel);
    }
}
