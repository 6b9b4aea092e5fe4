namespace Seidra.Database;

/// <summary>Reads rows of Classic by their keys and encodes them.</summary>
internal sealed class ClassicReader : IFollowReader
{
    private readonly FollowContext _context;
    private readonly FollowTableKeys _table;
    private readonly IRowSource _source;
    private readonly RoundKnowledge _knowledge;
    private readonly NameRound? _names;
    private readonly Speculation _speculation;

    public ClassicReader(FollowContext context, FollowTableKeys table, IRowSource source, RoundKnowledge knowledge)
    {
        _context = context;
        _table = table;
        _source = source;
        _knowledge = knowledge;
        _names = table.Table.Target.Unique.Count > 0 ? new NameRound(context, table, source, knowledge) : null;
        _speculation = new Speculation(context.Source, table.Table.Plan, knowledge);
    }

    public async Task<IReadOnlyList<KeyId[]>> PlanAsync(IReadOnlyCollection<KeyId> keys, CancellationToken cancel)
    {
        var all = _names is null ? keys : await _names.ExpandAsync(keys, cancel);
        // Who was the demo account, and who is now, come first: one number passes from the one to the other.
        var first = _knowledge.Demo != FormerDemo && _names is not null ? new HashSet<KeyId>(new[] { FormerDemo, _knowledge.Demo }.OfType<KeyId>()) : [];
        return [.. all.OrderByDescending(first.Contains).ThenBy(key => key, KeyOrder.Instance).Chunk(_context.BatchRows)];
    }

    public KeyId? FormerId(KeyId key) => _table.Keys.Of(key);

    public KeyId Id(KeyId key) => _table.Keys.Of(key)!.Value;

    public async Task<EncodedRows> ReadAsync(KeyId[] batch, CancellationToken cancel)
    {
        if (_table.Table.Name == TargetKeys.Users)
            PassDemo(batch);
        if (batch.Any(_table.Keys.NeedsNumber))
        {
            var (highest, occupied) = await _context.Ledger.HighestAsync(_table.Table, cancel);
            _table.Keys.Above(highest, batch, occupied);
        }

        return await _speculation.RunAsync(batch, Encode, cancel);
    }

    private KeyId? FormerDemo => _table.Table.Name == TargetKeys.Users ? _table.Keys.Holder(new KeyId(DemoAccount.Id, null)) : null;

    private void Encode(IReadOnlyCollection<KeyId> keys, RowChunk into, CancellationToken cancel)
    {
        var (plan, ordinal) = (_table.Table.Plan, _table.Table.Plan.Binding.Key);
        // Rows of one key need not lie side by side where the engine tells keys apart that mean the same.
        var encoder = new RowEncoder(plan, _context.Plan, _context.Options, _knowledge, new SeenKeys());
        foreach (var row in _source.Read(plan, keys))
        {
            cancel.ThrowIfCancellationRequested();
            var raw = row.Raw(ordinal);
            _knowledge.At(_table.Table, raw.Kind == RawKind.Integer ? new KeyId(raw.Number, null) : KeyId.Of(row[ordinal]) ?? default);
            encoder.Encode(row, into);
        }
    }

    private void PassDemo(KeyId[] batch)
    {
        if (FormerDemo is { } former && former != _knowledge.Demo && batch.Contains(former))
            _table.Keys.Drop(former);
        if (_knowledge.Demo is { } demo && FormerDemo != demo && batch.Contains(demo))
            _table.Keys.Assign(demo, new KeyId(DemoAccount.Id, null));
    }
}
