using System.Diagnostics;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Seidra.Database;

/// <summary>
/// Follows PostgreSQL by logical replication. To read, a snapshot is opened first and a mark is set in the stream after it:
/// when the mark comes by, everything that the snapshot shows has come by. What came by and is not shown waits for the next
/// read; the position is where the stream would have to start to tell it again.
/// </summary>
internal sealed class LogicalCapture : IChangeCapture
{
    private const string Emit = "SELECT pg_logical_emit_message(true, 'seidra_cutover', $1)";
    private const string Start = $"SELECT s.confirmed_flush_lsn, r.released, pg_current_wal_insert_lsn() FROM pg_replication_slots s, {CaptureNames.Record} r WHERE s.slot_name = $1";
    private const string Release = $"UPDATE {CaptureNames.Record} SET released = $1";
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(250);

    private readonly DatabaseEndpoint _endpoint;
    private readonly PostgresMoments _moments;
    private readonly FeedKeys _keys;
    private readonly ReplicationFeed _feed;
    private readonly Stopwatch _confirmed = Stopwatch.StartNew();
    private KeyBatch _unconfirmed = new();
    private string? _last;

    private LogicalCapture(DatabaseEndpoint endpoint, CaptureRecord record, PostgresMoments moments, ulong start)
    {
        _endpoint = endpoint;
        _moments = moments;
        _keys = new FeedKeys(endpoint, [.. moments.Tables.Select(table => (table, record.Tables.First(recorded => recorded.Name == table.Name).Key))]);
        _feed = new ReplicationFeed(endpoint, record.Slot!, _keys, start);
    }

    public CaptureKind Kind => CaptureKind.Logical;

    /// <summary>How long the stream may stand still before a read gives up.</summary>
    internal TimeSpan Limit { get; set; } = PostgresRetry.Patience;

    /// <summary>How often waiting confirms: WAL that concerns nothing captured is kept for the slot all the same.</summary>
    internal TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(10);

    public static async Task<LogicalCapture> OpenAsync(DatabaseEndpoint endpoint, CaptureRecord record, PostgresMoments moments, string? confirmedPosition, CancellationToken cancel)
    {
        var confirmed = confirmedPosition is null ? 0 : Position(confirmedPosition);
        await using (var connection = await moments.ConnectAsync(cancel))
        await using (var command = new NpgsqlCommand(Start, connection) { Parameters = { new() { Value = record.Slot! } } })
        await using (var reader = await command.ExecuteReaderAsync(cancel))
        {
            if (!await reader.ReadAsync(cancel))
                throw ChangeCapture.Lost(endpoint, [$"replication slot {record.Slot} is gone"]);
            var (slot, released, end) = (Lsn(reader, 0), Lsn(reader, 1), Lsn(reader, 2));
            if (confirmed > end)
                throw ChangeCapture.Lost(endpoint, [$"the server's WAL ends at {Text(end)}, before {confirmedPosition}, which was applied already: an older state was put back"]);
            if (slot > Math.Max(confirmed, released))
                throw ChangeCapture.Lost(endpoint, [$"replication slot {record.Slot} stands at {Text(slot)}, beyond {Text(Math.Max(confirmed, released))}, which was let go of last: somebody else read it or made it anew"]);
            confirmed = Math.Max(slot, confirmed);
        }

        var capture = new LogicalCapture(endpoint, record, moments, confirmed);
        try
        {
            await capture._feed.StartAsync(cancel);
            return capture;
        }
        catch
        {
            await capture._feed.DisposeAsync();
            throw;
        }
    }

    public async Task<bool> WaitAsync(TimeSpan patience, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        while (_unconfirmed.IsEmpty)
        {
            var (something, left) = (_keys.Something, patience - clock.Elapsed);
            if (something.IsCompleted || _feed.Failed.IsCompleted)
                return true;
            if (left <= TimeSpan.Zero)
                return false;
            var beat = Heartbeat - _confirmed.Elapsed;
            if (beat <= TimeSpan.Zero)
                await BeatAsync(cancel);
            else
                await ((Task)Task.WhenAny(something, _feed.Failed)).WaitAsync(left < beat ? left : beat, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancel.ThrowIfCancellationRequested();
        }

        return true;
    }

    public async Task<ChangeSet> ReadAsync(CancellationToken cancel)
    {
        try
        {
            return await PostgresRetry.RunAsync(() => ReadOnceAsync(cancel), cancel);
        }
        catch (NpgsqlException error)
        {
            throw EndpointErrors.Wrap(_endpoint, error, "follow the changes of");
        }
    }

    public async Task ConfirmAsync(ChangeSet set, CancellationToken cancel)
    {
        if (set.Position == _last)
            _unconfirmed = new KeyBatch();
        _confirmed.Restart();
        await _feed.ConfirmAsync(Position(set.Position), cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _feed.DisposeAsync();
        await _moments.DisposeAsync();
    }

    private async Task<ChangeSet> ReadOnceAsync(CancellationToken cancel)
    {
        if (_feed.Failed.IsCompleted)
            throw await _feed.Failed;
        var snapshot = await OpenAsync(cancel);
        try
        {
            var (batch, start) = await PassAsync(cancel);
            _last = Text(start);
            _unconfirmed = KeyBatch.Union(_unconfirmed, batch);
            return _unconfirmed.ToSet(_last, snapshot);
        }
        catch
        {
            await snapshot.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a snapshot that sees everything that has come so far.</summary>
    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancel)
    {
        _keys.Open();
        try
        {
            while (true)
            {
                var (snapshot, sight) = await _moments.OpenAsync(null, null, cancel);
                if (_keys.Take(new SnapshotSight(sight)))
                    return snapshot;
                // A commit is written and about to be seen; it is with a synchronous standby that this lasts.
                await snapshot.DisposeAsync();
                await Task.Delay(1, cancel);
            }
        }
        catch
        {
            _keys.Abandon();
            throw;
        }
    }

    private async Task BeatAsync(CancellationToken cancel)
    {
        _confirmed.Restart();
        try
        {
            var (_, end) = await PassAsync(cancel);
            if (end == 0)
                return;
            // The target does not know of this position, so it is noted here: a slot that stands beyond what anybody knows of
            // was read by somebody else.
            await using (var connection = await _moments.ConnectAsync(cancel))
            await using (var command = new NpgsqlCommand(Release, connection) { Parameters = { new() { Value = new NpgsqlLogSequenceNumber(end), NpgsqlDbType = NpgsqlDbType.PgLsn } } })
                await command.ExecuteNonQueryAsync(cancel);
            await _feed.ConfirmAsync(end, cancel);
        }
        catch (Exception error) when (error is NpgsqlException)
        {
            // The server is away for a moment; reading gets over it, or says so.
        }
    }

    /// <summary>Sets a mark and waits until it comes by.</summary>
    /// <returns>What came before it and is seen by the snapshot, and where the stream may start again.</returns>
    private async Task<(KeyBatch Batch, ulong Start)> PassAsync(CancellationToken cancel)
    {
        var fence = new Fence();
        _keys.Await(fence);
        var (clock, seen) = (Stopwatch.StartNew(), _feed.Messages);
        try
        {
            var at = await EmitAsync(fence, cancel);
            while (true)
            {
                await ((Task)Task.WhenAny(fence.Reached.Task, _feed.Failed)).WaitAsync(_look, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (fence.Reached.Task.IsCompleted)
                    break;
                cancel.ThrowIfCancellationRequested();
                if (_feed.Failed.IsCompleted)
                    throw await _feed.Failed;
                if (seen != _feed.Messages)
                    (clock, seen) = (Stopwatch.StartNew(), _feed.Messages);
                else if (clock.Elapsed > Limit)
                    throw Stuck(at);
            }
        }
        catch
        {
            // Had it come by just now, its keys must not be lost with it.
            if (!fence.Reached.TrySetCanceled(CancellationToken.None) && fence.Reached.Task.IsCompletedSuccessfully)
                _unconfirmed = KeyBatch.Union(_unconfirmed, (await fence.Reached.Task).Batch);
            _keys.Abandon();
            throw;
        }

        return await fence.Reached.Task;
    }

    private async Task<ulong> EmitAsync(Fence fence, CancellationToken cancel)
    {
        await using var connection = await _moments.ConnectAsync(cancel);
        await using var command = new NpgsqlCommand(Emit, connection) { Parameters = { new() { Value = fence.Text } } };
        await command.PrepareAsync(cancel);
        return (ulong)(NpgsqlLogSequenceNumber)(await command.ExecuteScalarAsync(cancel))!;
    }

    private DatabaseException Stuck(ulong at) => new(
        $"Expected the changes of {_endpoint.Display} up to {Text(at)}, found the stream to stand still at {Text(_feed.Received)} for {Limit.TotalSeconds:0} s ({(at > _feed.Received ? at - _feed.Received : 0)} bytes of WAL behind){(_feed.Trouble is { } trouble ? $": {trouble.Message}" : "")}. See SELECT * FROM pg_stat_replication there, and run the same command again: it goes on from the last confirmed position.", _feed.Trouble);

    private static ulong Lsn(NpgsqlDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? 0 : (ulong)reader.GetFieldValue<NpgsqlLogSequenceNumber>(ordinal);

    private static ulong Position(string text) => NpgsqlLogSequenceNumber.TryParse(text, out var position)
        ? (ulong)position
        : throw new DatabaseException($"Expected a WAL position such as 0/16B3748, found '{text}'. {CaptureNames.Again}.");

    private static string Text(ulong position) => new NpgsqlLogSequenceNumber(position).ToString().ToUpper(CultureInfo.InvariantCulture);
}
