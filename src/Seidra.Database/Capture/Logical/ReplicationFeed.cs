using Npgsql;
using Npgsql.Replication;
using Npgsql.Replication.Internal;
using Npgsql.Replication.PgOutput;
using NpgsqlTypes;

namespace Seidra.Database;

/// <summary>
/// Reads a replication slot in the background, over broken connections and restarts of the server, and tells the server what
/// is confirmed. The raw stream is Npgsql's (its interface for plugins); the messages are parsed here.
/// </summary>
internal sealed class ReplicationFeed : IAsyncDisposable
{
    /// <summary>How often the server hears of us; whoever is silent for several times this long is taken for dead.</summary>
    public static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan _silence = TimeSpan.FromSeconds(30);

    private readonly DatabaseEndpoint _endpoint;
    private readonly string _slot;
    private readonly FeedKeys _keys;
    private readonly PgOutputParser _parser;
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource<DatabaseException> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile LogicalReplicationConnection? _stream;
    private Task _reading = Task.CompletedTask;
    private ulong _confirmed;
    private bool _disposed;
    private byte[] _buffer = new byte[64 * 1024];

    public ReplicationFeed(DatabaseEndpoint endpoint, string slot, FeedKeys keys, ulong confirmed)
    {
        _endpoint = endpoint;
        _slot = slot;
        _keys = keys;
        _confirmed = confirmed;
        _parser = new PgOutputParser(keys);
    }

    /// <summary>Why the feed ended for good; never done while it can go on.</summary>
    public Task<DatabaseException> Failed => _failed.Task;

    /// <summary>How far the stream was read.</summary>
    public ulong Received { get; private set; }

    /// <summary>How many messages were read; it stands still when the stream does.</summary>
    public long Messages { get; private set; }

    /// <summary>What the last connection broke by; null while it holds.</summary>
    public Exception? Trouble { get; private set; }

    /// <summary>Starts reading; a second process at the same slot is told here.</summary>
    /// <exception cref="DatabaseException">The slot is lost, or another process reads it.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _reading = Task.Run(() => FollowAsync(connected), CancellationToken.None);
        await connected.Task.WaitAsync(cancel);
        if (_failed.Task.IsCompleted)
            throw await _failed.Task;
    }

    /// <summary>Lets go of everything up to here.</summary>
    public async Task ConfirmAsync(ulong position, CancellationToken cancel)
    {
        _confirmed = Math.Max(_confirmed, position);
        if (_stream is not { } stream)
            return;
        try
        {
            stream.SetReplicationStatus(new NpgsqlLogSequenceNumber(_confirmed));
            await stream.SendStatusUpdate(cancel);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            // The connection has just broken; the next one starts with what is confirmed.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _end.CancelAsync();
        await _reading;
        _end.Dispose();
    }

    private async Task FollowAsync(TaskCompletionSource connected)
    {
        var tries = 0;
        while (!_end.IsCancellationRequested && !_failed.Task.IsCompleted)
        {
            var before = Messages;
            try
            {
                await StreamAsync(connected);
            }
            catch (Exception) when (_end.IsCancellationRequested)
            {
                // Nobody wants it any more.
            }
            catch (Exception error) when (ReplicationErrors.IsPassing(error))
            {
                Trouble = error;
                tries = Messages > before ? 0 : tries + 1;
                await Task.Delay(PostgresRetry.Pause(tries), _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception error)
            {
                _failed.TrySetResult(ReplicationErrors.Name(_endpoint, _slot, error));
            }
        }

        connected.TrySetResult();
    }

    private async Task StreamAsync(TaskCompletionSource connected)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        await using var watch = await _endpoint.OpenPostgresAsync(_end.Token);
        await SlotHolder.WaitUntilFreeAsync(_endpoint, watch, _slot, _end.Token);
        await using var stream = new LogicalReplicationConnection(ReplicationErrors.ConnectionString(_endpoint)) { WalReceiverStatusInterval = StatusInterval, WalReceiverTimeout = _silence };
        await stream.Open(_end.Token);
        connected.TrySetResult();
        stream.SetReplicationStatus(new NpgsqlLogSequenceNumber(_confirmed));
        _parser.Reset();
        _keys.Restart(_confirmed);
        var watching = WatchAsync(watch, broken);
        try
        {
            var options = new Dictionary<string, string?> { ["proto_version"] = "1", ["publication_names"] = $"\"{CaptureNames.Publication}\"", ["messages"] = "true" };
            _stream = stream;
            await foreach (var message in stream.StartLogicalReplication(new PgOutputReplicationSlot(_slot), broken.Token, new NpgsqlLogSequenceNumber(_confirmed), options))
            {
                Trouble = null;
                Parse(message);
            }
        }
        finally
        {
            _stream = null;
            await broken.CancelAsync();
            await watching;
        }
    }

    /// <summary>
    /// A server that shuts down waits until its replicas have confirmed everything, but ends ordinary sessions at once: one of
    /// these tells us to let go, or Classic could not be restarted while we follow.
    /// </summary>
    private static async Task WatchAsync(NpgsqlConnection watch, CancellationTokenSource broken)
    {
        try
        {
            while (true)
                await watch.WaitAsync(broken.Token);
        }
        catch (Exception error) when (error is NpgsqlException or OperationCanceledException or IOException)
        {
            await broken.CancelAsync();
        }
    }

    private void Parse(XLogDataMessage message)
    {
        var length = (int)message.Data.Length;
        if (_buffer.Length < length)
            _buffer = new byte[Math.Max(length, _buffer.Length * 2)];
        message.Data.ReadExactly(_buffer, 0, length);
        _parser.Parse(_buffer.AsSpan(0, length));
        Received = (ulong)message.WalEnd;
        Messages++;
    }
}
