namespace Seidra.Database;

/// <summary>
/// Reads all of Classic at one moment and makes Ultimate's rows of it once more, independently of what was copied: what the map
/// makes of Classic is what Ultimate must hold.
/// </summary>
internal sealed class ClassicReading(IRowSource source, MigrationPlan plan, MigrationOptions options, BulkKnowledge knowledge)
{
    private const int PartRows = 1_000;

    /// <summary>Gives out all rows in parts, parents first; a part is good until the next one.</summary>
    public IEnumerable<RowChunk> Read(CancellationToken cancel)
    {
        var owners = plan.Tables.Where(table => table.Derived is not null).ToDictionary(table => table.Target, _ => new HashSet<KeyId>(), StringComparer.Ordinal);
        foreach (var table in plan.Tables)
        {
            var chunk = new RowChunk(table);
            foreach (var _ in table.Derived is null ? Rows(table, chunk) : Derived(table, chunk, owners[table.Target]))
            {
                if (chunk.SourceRows < PartRows)
                    continue;
                cancel.ThrowIfCancellationRequested();
                knowledge.Add(chunk);
                Note(chunk, owners);
                yield return chunk;
                chunk.Clear();
            }

            knowledge.Add(chunk);
            Note(chunk, owners);
            yield return chunk;
        }
    }

    private IEnumerable<IRawRow> Rows(TablePlan table, RowChunk into)
    {
        var encoder = new RowEncoder(table, plan, options, knowledge, source.HasUniqueKey(table) ? null : new SeenKeys());
        foreach (var row in source.Read(table, KeyRange.All))
        {
            encoder.Encode(row, into);
            yield return row;
        }
    }

    private IEnumerable<IRawRow> Derived(TablePlan table, RowChunk into, HashSet<KeyId> owners)
    {
        var encoder = new DerivedEncoder(table, plan, options, knowledge);
        foreach (var row in source.Read(plan.Tables.First(other => other.Target == DerivedEncoder.OwnerTable(table)), owners))
        {
            encoder.Encode(row, into);
            yield return row;
        }
    }

    private void Note(RowChunk chunk, Dictionary<string, HashSet<KeyId>> owners)
    {
        if (chunk.Owners.Count == 0)
            return;
        var derived = plan.Tables.First(table => table.Derived?.From == chunk.Table.Target).Target;
        owners[derived].UnionWith(chunk.Owners.Select(mark => KeyId.Of(mark.Owner)).OfType<KeyId>());
    }
}
