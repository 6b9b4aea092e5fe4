using System.Buffers.Text;
using System.Text;

namespace Seidra.Database;

/// <summary>
/// What the stream told and nobody has taken yet. A transaction may stand in the stream before a snapshot that is taken
/// afterwards sees it (its commit is written first and seen later), or be committed between a snapshot and the fence behind
/// it. Were its keys taken with that snapshot, they would be read too early and never again; so each transaction is kept for
/// the first snapshot that sees it.
/// </summary>
internal sealed class FeedKeys(DatabaseEndpoint endpoint, IReadOnlyList<(PostgresTable Table, string Key)> tables) : IPgOutputSink
{
    private static readonly UTF8Encoding _utf8 = new(false, throwOnInvalidBytes: true);

    private readonly Lock _one = new();
    private readonly Dictionary<uint, string> _names = [];
    private TaskCompletionSource _something = NewSignal();

    // Seen by the snapshot, or by any that is taken from now on; and not seen by it.
    private (KeyBatch Keys, XidSet Xids) _batch = (new(), new());
    private (KeyBatch Keys, XidSet Xids) _later = (new(), new());

    // Transactions that come while a snapshot is being taken, until it is known what it sees.
    private List<Transaction>? _window;
    private SnapshotSight? _sight;
    private Fence? _awaited;
    private bool _reached;

    // Where the stream may start again: behind the last transaction before the first that is kept.
    private ulong _behind;
    private ulong? _floor;
    private Transaction? _current;

    /// <summary>Done when there are keys of complete transactions.</summary>
    public Task Something
    {
        get
        {
            lock (_one)
                return _something.Task;
        }
    }

    /// <summary>A snapshot is about to be taken.</summary>
    public void Open()
    {
        lock (_one)
            _window ??= [];
    }

    /// <summary>The snapshot is taken.</summary>
    /// <returns>Whether it can be used; false when a transaction that came before it is not yet seen by it.</returns>
    public bool Take(SnapshotSight sight)
    {
        lock (_one)
        {
            if (!sight.SeesAll(_batch.Xids))
                return false;
            _sight = sight;
            foreach (var transaction in _window!)
                Place(transaction);
            _window = null;
            return true;
        }
    }

    /// <summary>Gives everything up to this fence to whoever waits for it; one at a time.</summary>
    public void Await(Fence fence)
    {
        lock (_one)
            _awaited = fence;
    }

    /// <summary>The snapshot is given up; what came for it is kept for the next.</summary>
    public void Abandon()
    {
        lock (_one)
        {
            (_sight, _awaited, _floor) = (null, null, null);
            foreach (var transaction in _window ?? [])
                Place(transaction);
            _window = null;
            _batch.Keys.Add(_later.Keys);
            _batch.Xids.Add(_later.Xids);
            _later = (new(), new());
            if (_current?.Keys is not null)
                _current.Keys = _batch.Keys;
        }
    }

    public void Begin(uint xid, DateTimeOffset committed)
    {
        lock (_one)
            _current = new Transaction(xid, committed, _behind);
    }

    public void Commit(ulong end)
    {
        lock (_one)
        {
            _current = null;
            _behind = end;
            if (_reached)
                Give(end);
            if (!_batch.Keys.IsEmpty)
                _something.TrySetResult();
        }
    }

    public int? Relation(string schema, string name, uint relation, IReadOnlyList<string> columns)
    {
        var (table, key) = tables.FirstOrDefault(pair => pair.Table.Oid == relation || (pair.Table.Name == name && pair.Table.Schema == schema));
        if (table is null)
            return null;
        for (var column = 0; column < columns.Count; column++)
        {
            if (columns[column] != key)
                continue;
            _names[relation] = table.Name;
            return column;
        }

        throw ChangeCapture.Lost(endpoint, [$"the key column {key} of table {name} is gone or no longer published (columns now: {string.Join(", ", columns)})"]);
    }

    public void Row(uint relation, ReadOnlySpan<byte> key)
    {
        if (Identify(key) is not { } id)
            return;
        lock (_one)
            Target().Note(_names[relation], id);
    }

    public void Truncate(uint relation)
    {
        lock (_one)
            Target().Truncate(_names[relation]);
    }

    public void Message(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> content)
    {
        if (!prefix.SequenceEqual(Fence.Prefix))
            return;
        lock (_one)
            _reached |= _awaited is { } fence && content.SequenceEqual(fence.Content);
    }

    /// <summary>The stream starts anew at a position; what broke off comes again as a whole.</summary>
    public void Restart(ulong position)
    {
        lock (_one)
            (_reached, _current, _behind) = (false, null, position);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Give(ulong end)
    {
        _reached = false;
        if (_awaited is not { } fence)
            return;
        _awaited = null;
        // A fence without a snapshot only asks whether there is nothing; keys wait for one.
        if (_sight is null)
        {
            fence.Reached.TrySetResult((new KeyBatch(), _batch.Keys.IsEmpty ? end : 0));
            return;
        }

        // Given up meanwhile: the keys stay.
        if (!fence.Reached.TrySetResult((_batch.Keys, _floor ?? end)))
            return;
        (_batch, _later, _sight, _floor) = (_later, (new(), new()), null, null);
        if (_something.Task.IsCompleted)
            _something = NewSignal();
    }

    /// <summary>Where the keys of the current transaction go; asked for with its first key.</summary>
    private KeyBatch Target()
    {
        if (_current!.Keys is not null)
            return _current.Keys;
        if (_window is not null)
        {
            _window.Add(_current);
            _current.Keys = new KeyBatch();
            _current.Keys.At(_current.Committed);
        }
        else
        {
            Place(_current);
        }

        return _current.Keys!;
    }

    private void Place(Transaction transaction)
    {
        var seen = _sight?.Sees(transaction.Xid) != false;
        var (keys, xids) = seen ? _batch : _later;
        if (!seen)
            _floor = Math.Min(_floor ?? ulong.MaxValue, transaction.Behind);
        xids.Add(transaction.Xid);
        keys.At(transaction.Committed);
        if (transaction.Keys is { } own)
            keys.Add(own);
        transaction.Keys = keys;
    }

    private static KeyId? Identify(ReadOnlySpan<byte> key)
    {
        // The short way for what most keys are; whatever is written in another way is judged where all keys are judged.
        if (key.Length is > 0 and < 19 && key[0] is >= (byte)'1' and <= (byte)'9'
            && Utf8Parser.TryParse(key, out long number, out var read) && read == key.Length)
            return new KeyId(number, null);
        return KeyId.Of(_utf8.GetString(key));
    }

    private sealed class Transaction(uint xid, DateTimeOffset committed, ulong behind)
    {
        public uint Xid => xid;

        public DateTimeOffset Committed => committed;

        /// <summary>Where the transaction before it in the stream ends.</summary>
        public ulong Behind => behind;

        /// <summary>Where its keys go, once there are any.</summary>
        public KeyBatch? Keys { get; set; }
    }
}
