using Npgsql;

namespace Seidra.Database;

/// <summary>Makes and removes the publication and the slot.</summary>
internal static class LogicalControl
{
    private const int PatienceSeconds = 60;

    private const string Slots = "SELECT slot_name::text FROM pg_replication_slots WHERE slot_name LIKE 'seidra\\_cutover\\_%' AND database = current_database()";

    private const string Older = """
        SELECT string_agg(format('pid %s (%s, %s, since %s)', pid, coalesce(usename, '?'), coalesce(nullif(application_name, ''), 'no application name'), to_char(xact_start, 'HH24:MI:SS')), ', ')
        FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid()
        """;

    public static async Task InstallAsync(NpgsqlConnection connection, DatabaseEndpoint endpoint, IReadOnlyList<CapturedTable> captured, IReadOnlyList<PostgresTable> tables, string epoch, CancellationToken cancel)
    {
        // The slot starts behind the publication, so that it never meets a time without it.
        var publish = PostgresCaptureSql.Publish([.. tables.Zip(captured, (table, one) => (table, one.Key))], connection.PostgreSqlVersion);
        await PostgresTriggerControl.RetryAsync(connection, endpoint, publish, cancel);
        var slot = CaptureNames.SlotOf(endpoint.Database, epoch);
        await CreateSlotAsync(connection, endpoint, slot, cancel);
        await using (var table = new NpgsqlCommand(PostgresCaptureSql.RecordTable, connection))
            await table.ExecuteNonQueryAsync(cancel);
        var recorded = tables.Zip(captured, (table, one) => new RecordedTable(table.Name, one.Key, table.Columns));
        await PostgresCaptureRecord.WriteAsync(connection, new CaptureRecord(epoch, CaptureKind.Logical, [.. recorded], slot), cancel);
    }

    /// <summary>The slot first: it is what keeps WAL on the server's disk.</summary>
    public static async Task RemoveAsync(NpgsqlConnection connection, DatabaseEndpoint endpoint, CancellationToken cancel)
    {
        foreach (var slot in await SlotsAsync(connection, cancel))
            await SlotHolder.DropAsync(endpoint, connection, slot, cancel);
        await using var find = new NpgsqlCommand($"SELECT EXISTS (SELECT 1 FROM pg_publication WHERE pubname = '{CaptureNames.Publication}')", connection);
        if (await find.ExecuteScalarAsync(cancel) is true)
            await PostgresTriggerControl.RetryAsync(connection, endpoint, $"DROP PUBLICATION IF EXISTS {CaptureNames.Publication}", cancel);
    }

    /// <summary>What a slot costs, and what may become of it.</summary>
    public static async Task<(long Waiting, IReadOnlyList<string> Warnings)> WeighAsync(NpgsqlConnection connection, string slot, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint, coalesce(wal_status, ''), current_setting('max_slot_wal_keep_size', true), active
            FROM pg_replication_slots WHERE slot_name = $1
            """,
            connection);
        command.Parameters.Add(new() { Value = slot });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
            return (0, []);
        var warnings = new List<string>();
        var waiting = reader.IsDBNull(0) ? 0 : reader.GetInt64(0);
        if (!reader.IsDBNull(2) && reader.GetString(2) == "-1")
            warnings.Add("max_slot_wal_keep_size is unlimited: a slot that nobody reads fills the server's disk. Run there: ALTER SYSTEM SET max_slot_wal_keep_size = '20GB'; SELECT pg_reload_conf();");
        if (reader.GetString(1) is "unreserved" or "extended")
            warnings.Add($"replication slot {slot} keeps {waiting / 1048576} MiB of WAL, more than the server wants to keep (wal_status {reader.GetString(1)}): let the cutover go on, or remove the slot with ./build.sh --target=Rollback");
        return (waiting, warnings);
    }

    public static async Task<IReadOnlyList<string>> SlotsAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Slots, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var slots = new List<string>();
        while (await reader.ReadAsync(cancel))
            slots.Add(reader.GetString(0));
        return slots;
    }

    // A slot starts where no transaction is open, and waits for that.
    private static async Task CreateSlotAsync(NpgsqlConnection connection, DatabaseEndpoint endpoint, string slot, CancellationToken cancel)
    {
        try
        {
            await using var command = new NpgsqlCommand($"SET statement_timeout = '{PatienceSeconds}s'; SELECT pg_create_logical_replication_slot('{slot}', 'pgoutput'); SET statement_timeout = 0", connection);
            await command.ExecuteNonQueryAsync(cancel);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.QueryCanceled && !cancel.IsCancellationRequested)
        {
            await using var command = new NpgsqlCommand(Older, connection);
            var open = await command.ExecuteScalarAsync(cancel) as string ?? "unknown sessions";
            throw new DatabaseException($"Expected the open transactions of {endpoint.Display} to end within {PatienceSeconds} s, so that its changes can be followed, found still open: {open}. End them (SELECT pg_terminate_backend(pid)) and run the same command again.", error);
        }
    }
}
