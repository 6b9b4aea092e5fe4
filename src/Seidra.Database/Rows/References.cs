namespace Seidra.Database;

/// <summary>Finds the row that a reference points to in Ultimate.</summary>
internal sealed class References(TablePlan table, TargetKeys keys, IRowKnowledge knowledge)
{
    /// <summary>How a row that is missing is named.</summary>
    public static string WaitsFor(string parent, KeyId key) => $"{parent}/{key.ToString().Replace('\0', '\u0001')}";

    /// <summary>The key in Ultimate (long or string), or null with a note or the quarantine verdict.</summary>
    public object? Resolve(SlowRow work, ColumnBinding column)
    {
        var raw = column.Ordinals is [var ordinal, ..] ? work.Row[ordinal] : null;
        var (parent, id) = (column.Rule.Reference!, KeyId.Of(raw));
        var placement = id is { } asked && keys.Has(parent) ? knowledge.Find(parent, asked) : Placement.Unknown;
        if (id is { } key && placement == Placement.Placed)
        {
            var found = keys.Find(parent, key, out _);
            // What belongs to the demo account is Ultimate's own where Ultimate keeps numbers for itself.
            if (found is (long)DemoAccount.Id && table.Rule.Key.Reserved.Count > 0)
                work.Quarantine(Reasons.DemoAccount, "the row belongs to the demo account, which Ultimate makes itself", null);
            return found;
        }

        var reason = placement == Placement.Aside ? Reasons.ParentQuarantined : Reasons.OrphanReference;
        var waitsFor = id is { } missing ? WaitsFor(parent, missing) : null;
        if (column.Rule.Required)
        {
            var detail = id is null ? $"{column.Rule.To} is empty" : $"{column.Rule.To} names {parent} {id}, which {(placement == Placement.Aside ? "is in quarantine" : "does not exist")}";
            work.Quarantine(reason, detail, waitsFor);
        }
        else if (raw is not null)
        {
            work.Note(column.Rule.To, reason, raw, waitsFor);
        }

        return null;
    }
}
