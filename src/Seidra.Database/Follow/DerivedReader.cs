namespace Seidra.Database;

/// <summary>
/// Makes rows that Classic does not have but says elsewhere: one for each placed owner that some placed row marks. Looked at again
/// whenever a mark or the owner's own row changed.
/// </summary>
internal sealed class DerivedReader(FollowContext context, FollowTable table, IRowSource source, RoundKnowledge knowledge) : IFollowReader
{
    private readonly FollowTableKeys _owners = context.Tables.Get(DerivedEncoder.OwnerTable(table.Plan)!)!;
    private readonly Speculation _speculation = new(context.Source, table.Plan, knowledge);

    public Task<IReadOnlyList<KeyId[]>> PlanAsync(IReadOnlyCollection<KeyId> keys, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<KeyId[]>>([.. keys.Order(KeyOrder.Instance).Chunk(context.BatchRows)]);

    // The number of such a row is its owner's.
    public KeyId? FormerId(KeyId key) => knowledge.Former(_owners.Table.Name, key) is { } former
        ? former.Placement == Placement.Placed ? former.Id : null
        : _owners.Keys.Of(key);

    public KeyId Id(KeyId key) => _owners.Keys.Of(key)!.Value;

    public async Task<EncodedRows> ReadAsync(KeyId[] batch, CancellationToken cancel)
    {
        var marked = await context.Ledger.OwnersAsync(table.Plan.Derived!.From, [.. batch.Select(LedgerKey.Of)], cancel);
        var placed = await knowledge.PlacedAsync(_owners.Table.Name, batch.Where(key => marked.Contains(LedgerKey.Of(key))), cancel);
        return await _speculation.RunAsync(placed, Encode, cancel);
    }

    private void Encode(IReadOnlyCollection<KeyId> owners, RowChunk into, CancellationToken cancel)
    {
        var encoder = new DerivedEncoder(table.Plan, context.Plan, context.Options, knowledge);
        var seen = new HashSet<KeyId>();
        foreach (var row in source.Read(_owners.Table.Plan, owners))
        {
            cancel.ThrowIfCancellationRequested();
            if (KeyId.Of(row[_owners.Table.Plan.Binding.Key]) is not { } owner || !seen.Add(owner))
                continue;
            knowledge.At(table, owner);
            encoder.Encode(row, into);
        }
    }
}
