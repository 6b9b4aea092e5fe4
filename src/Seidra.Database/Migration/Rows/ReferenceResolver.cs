using System.Globalization;

namespace Seidra.Database;

/// <summary>Finds the row that a reference points to in Ultimate.</summary>
internal static class ReferenceResolver
{
    /// <summary>The key in Ultimate (long or string), or null with a note or the quarantine verdict.</summary>
    public static object? Resolve(object? raw, ColumnBinding column, TableIdentity? parents, RowVerdict row)
    {
        var id = KeyId.Of(raw);
        if (id is { } key && parents is not null && parents.Placed.Contains(key))
            return Typed(parents.TargetKey(key, out _)!, column.Type);
        var aside = id is { } kept && parents is not null && parents.Quarantined.Contains(kept);
        if (column.Rule.Required)
        {
            row.Quarantine(
                aside ? Reasons.ParentQuarantined : Reasons.OrphanReference,
                id is null ? $"{column.Rule.To} is empty" : $"{column.Rule.To} names {column.Rule.Reference} {id}, which {(aside ? "is in quarantine" : "does not exist")}");
        }
        else if (raw is not null)
        {
            row.Note(column.Rule.To, aside ? Reasons.ParentQuarantined : Reasons.OrphanReference, raw);
        }

        return null;
    }

    /// <summary>A key as the column holds it.</summary>
    public static object Typed(string key, TargetType type) =>
        type == TargetType.Integer ? long.Parse(key, CultureInfo.InvariantCulture) : key;
}
