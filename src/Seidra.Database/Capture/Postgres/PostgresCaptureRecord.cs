using Npgsql;

namespace Seidra.Database;

/// <summary>Reads what a capture left in PostgreSQL and whether it is still whole.</summary>
internal static class PostgresCaptureRecord
{
    /// <summary>What is installed; null where nothing is, or not wholly.</summary>
    public static async Task<CaptureRecord?> ReadAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        if (!await ExistsAsync(connection, CaptureNames.Record, cancel))
            return null;
        await using var command = new NpgsqlCommand($"SELECT epoch, kind, tables, slot, publication FROM {CaptureNames.Record}", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
            return null;
        return new CaptureRecord(
            reader.GetString(0), Enum.Parse<CaptureKind>(reader.GetString(1)), CaptureRecord.ReadTables(reader.GetString(2)),
            reader.IsDBNull(3) ? null : reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4));
    }

    /// <summary>Writes it: from here on the capture counts as installed.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, CaptureRecord record, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"INSERT INTO {CaptureNames.Record} VALUES ($1, $2, $3, $4, CASE WHEN $4 IS NOT NULL THEN {PostgresCaptureSql.Publication} END, (SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = $4))", connection);
        command.Parameters.Add(new() { Value = record.Epoch });
        command.Parameters.Add(new() { Value = record.Kind.ToString() });
        command.Parameters.Add(new() { Value = record.TablesJson });
        command.Parameters.Add(new() { Value = (object?)record.Slot ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Why changes may have passed unseen; empty where none can have.</summary>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(NpgsqlConnection connection, CaptureRecord record, CancellationToken cancel)
    {
        var tables = await PostgresTable.ReadAsync(connection, record.Tables.Select(table => table.Name), cancel);
        var problems = record.Tables.Select(recorded => recorded.Difference(tables.FirstOrDefault(table => table.Name == recorded.Name)?.Columns)).OfType<string>().ToList();
        if (record.Kind == CaptureKind.Triggers)
        {
            if (!await ExistsAsync(connection, CaptureNames.Log, cancel))
                problems.Add($"table {CaptureNames.Log} is gone");
            var armed = await ArmedAsync(connection, tables, cancel);
            problems.AddRange(tables.Where(table => armed.GetValueOrDefault(table.Oid) != PostgresCaptureSql.TriggersPerTable).Select(table => $"triggers of table {table.Name} are gone or disabled"));
            return problems;
        }

        await using var command = new NpgsqlCommand(
            $"SELECT {PostgresCaptureSql.Publication}, (SELECT coalesce(wal_status, '') FROM pg_replication_slots WHERE slot_name = $1 AND database = current_database())", connection);
        command.Parameters.Add(new() { Value = record.Slot! });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        if (reader.IsDBNull(0) || reader.GetString(0) != record.Publication)
            problems.Add($"publication {CaptureNames.Publication} was altered or dropped");
        if (reader.IsDBNull(1))
            problems.Add($"replication slot {record.Slot} is gone");
        else if (reader.GetString(1) == "lost")
            problems.Add($"replication slot {record.Slot} lost WAL that it still needed (max_slot_wal_keep_size)");
        return problems;
    }

    public static async Task<bool> ExistsAsync(NpgsqlConnection connection, string table, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"SELECT to_regclass('{table}') IS NOT NULL", connection);
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    private static async Task<Dictionary<uint, long>> ArmedAsync(NpgsqlConnection connection, IReadOnlyList<PostgresTable> tables, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(PostgresCaptureSql.Triggers, connection);
        command.Parameters.Add(new() { Value = tables.Select(table => table.Oid).ToArray(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Oid });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var armed = new Dictionary<uint, long>();
        while (await reader.ReadAsync(cancel))
            armed.Add(reader.GetFieldValue<uint>(0), reader.GetInt64(1));
        return armed;
    }
}
