using System.Diagnostics;
using Npgsql;

namespace Seidra.Database;

/// <summary>
/// Who reads a slot. One reader at a time: a second process is refused by name, but a reader whose process was killed, and of
/// which the server does not know yet, is ended.
/// </summary>
internal static class SlotHolder
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _silence = 5 * ReplicationFeed.StatusInterval;

    private const string Sql = """
        SELECT s.active_pid, coalesce(a.application_name, ''), coalesce(a.usename::text, '?'), coalesce(host(a.client_addr), 'local'), r.reply_time,
               extract(epoch FROM clock_timestamp() - coalesce(r.reply_time, a.backend_start))::float8
        FROM pg_replication_slots s LEFT JOIN pg_stat_activity a ON a.pid = s.active_pid LEFT JOIN pg_stat_replication r ON r.pid = s.active_pid
        WHERE s.slot_name = $1
        """;

    /// <summary>Waits until nobody reads the slot.</summary>
    /// <exception cref="DatabaseException">The slot is gone, or a living process reads it.</exception>
    public static async Task WaitUntilFreeAsync(DatabaseEndpoint endpoint, NpgsqlConnection connection, string slot, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        DateTime? heard = null;
        while (await FindAsync(endpoint, connection, slot, cancel) is { } holder)
        {
            if (holder.Pid is not { } pid)
                return;
            heard ??= holder.Heard;
            // A word from it while we look: its process lives.
            if (!holder.IsOurs || holder.Heard > heard || clock.Elapsed > _patience)
                throw new DatabaseException($"Expected replication slot {slot} of {endpoint.Display} to be free, found it read by pid {pid} ({holder.Who}). {(holder.IsOurs ? "Another process of this program follows Classic already; end it" : $"End it (SELECT pg_terminate_backend({pid}))")} and run the same command again.");
            if (holder.Silence > _silence.TotalSeconds)
                await TerminateAsync(connection, pid, cancel);
            await Task.Delay(_pause, cancel);
        }

        throw ChangeCapture.Lost(endpoint, [$"replication slot {slot} is gone"]);
    }

    /// <summary>Drops a slot, ending its reader where that is one of ours; harmless where there is none.</summary>
    /// <exception cref="DatabaseException">Somebody else reads it.</exception>
    public static async Task DropAsync(DatabaseEndpoint endpoint, NpgsqlConnection connection, string slot, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var command = new NpgsqlCommand("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = $1", connection) { Parameters = { new() { Value = slot } } };
                await command.ExecuteNonQueryAsync(cancel);
                return;
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UndefinedObject)
            {
                return;
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.ObjectInUse)
            {
                if (await FindAsync(endpoint, connection, slot, cancel) is { Pid: { } pid } holder)
                {
                    if (!holder.IsOurs || clock.Elapsed > _patience)
                        throw new DatabaseException($"Expected replication slot {slot} of {endpoint.Display} to be removable, found it read by pid {pid} ({holder.Who}). Run there: SELECT pg_terminate_backend({pid}), and the same command again.", error);
                    await TerminateAsync(connection, pid, cancel);
                }

                await Task.Delay(_pause, cancel);
            }
        }
    }

    private static async Task<Holder?> FindAsync(DatabaseEndpoint endpoint, NpgsqlConnection connection, string slot, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Sql, connection) { Parameters = { new() { Value = slot } } };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
            return null;
        var name = reader.GetString(1);
        return new Holder(
            reader.IsDBNull(0) ? null : reader.GetInt32(0),
            name == EndpointConnections.Builder(endpoint).ApplicationName,
            $"{(name.Length == 0 ? "no application name" : name)}, role {reader.GetString(2)}, from {reader.GetString(3)}",
            reader.IsDBNull(4) ? null : reader.GetDateTime(4),
            reader.IsDBNull(5) ? 0 : reader.GetDouble(5));
    }

    private static async Task TerminateAsync(NpgsqlConnection connection, int pid, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT pg_terminate_backend($1)", connection) { Parameters = { new() { Value = pid } } };
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <param name="Pid">The reader's process on the server; null where there is none.</param>
    /// <param name="IsOurs">Whether it is this program, in whatever process.</param>
    /// <param name="Who">For people.</param>
    /// <param name="Heard">When it was last heard of.</param>
    /// <param name="Silence">Seconds since then.</param>
    private sealed record Holder(int? Pid, bool IsOurs, string Who, DateTime? Heard, double Silence);
}
