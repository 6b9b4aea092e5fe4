namespace Seidra.Database;

/// <summary>Reads one table of Classic for the comparison.</summary>
internal sealed class TableReading(TablePlan table, MigrationRun run, ClassicSide.Expected expected)
{
    private readonly RowResolver _resolver = new(table, run);
    private readonly RowTransformer _transformer = new(table, run);
    private readonly TableIdentity _identity = run.Identities[table.Target];
    private readonly RowHash _hash = new();

    /// <summary>The row as Ultimate must hold it; null where it must not be there.</summary>
    public object?[]? Read(ISourceRow row)
    {
        var facts = _resolver.Resolve(row);
        var values = _transformer.Transform(row, facts);
        expected.SourceRows++;
        if (values is null)
        {
            expected.Quarantine[facts.Order.Display] = facts.Verdict.Reason!;
            if (facts.Id is { } aside && !_identity.Placed.Contains(aside))
                _identity.Quarantined.Add(aside);
            return null;
        }

        _identity.Placed.Add(facts.Id!.Value);
        // The demo account's columns are Ultimate's; that it is there is checked apart.
        expected.HoldsDemo |= facts.Demo;
        if (!facts.Demo)
            expected.Placed.Add(ClassicSide.Key(values), _hash.Of(values));
        return values;
    }
}
