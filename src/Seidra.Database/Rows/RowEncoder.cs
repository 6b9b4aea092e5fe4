namespace Seidra.Database;

/// <summary>
/// Makes Ultimate's rows of Classic's, as tuples of PostgreSQL's binary COPY, and tells everything that must be known of them:
/// one encoder per reader, fed in the order of the keys.
/// </summary>
internal sealed class RowEncoder
{
    private readonly KeyTracker _places;
    private readonly FastEncoder? _fast;
    private readonly SlowEncoder _slow;
    private readonly OwnerMarks _owners;

    /// <param name="table">The table.</param>
    /// <param name="plan">The plan that it belongs to.</param>
    /// <param name="options">Where media paths lead.</param>
    /// <param name="knowledge">What is known of other rows.</param>
    /// <param name="seen">
    /// The keys seen so far, by all readers of the table, where <see cref="IRowSource.HasUniqueKey"/> says no: equal keys then need
    /// not lie side by side. Null where they do.
    /// </param>
    public RowEncoder(TablePlan table, MigrationPlan plan, MigrationOptions options, IRowKnowledge knowledge, SeenKeys? seen = null)
    {
        _places = new KeyTracker(table.Binding.Key, seen);
        _fast = FastEncoder.Of(table, plan, options, knowledge);
        _slow = new SlowEncoder(table, plan, options, knowledge);
        _owners = new OwnerMarks(table, plan);
    }

    /// <summary>Encodes one row: it is placed or kept aside.</summary>
    public void Encode(IRawRow row, RowChunk into)
    {
        into.SourceRows++;
        var placed = into.Placed.Count;
        var place = _places.Of(row);
        if (_fast?.TryEncode(row, place, into) != true)
            _slow.Encode(row, place, into);
        if (into.Placed.Count > placed)
            _owners.See(row, place.Id!.Value, into);
    }
}
