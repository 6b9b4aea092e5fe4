namespace Seidra.Database;

/// <summary>One table as the follower sees it: how it is filled, how it is written, and which rows of others its rows point to.</summary>
internal sealed class FollowTable
{
    public FollowTable(TablePlan plan)
    {
        Plan = plan;
        Target = TargetTable.Of(plan);
        References = [.. plan.Binding.Columns.Where(column => column.Rule.Reference is not null).Select(column => new FollowReference(column.Rule.To, column.Rule.Reference!))];
        Own = Target.Own is { } own ? $"t.{own}" : null;
    }

    public TablePlan Plan { get; }

    public TargetTable Target { get; }

    /// <summary>Ultimate's name.</summary>
    public string Name => Target.Name;

    public bool IsNumeric => Plan.Rule.Key.As == KeyKind.Integer;

    /// <summary>Columns that point to other tables, existing or not.</summary>
    public IReadOnlyList<FollowReference> References { get; }

    /// <summary>Rows that Ultimate makes itself, as a condition on the alias <c>t</c>; null where there are none.</summary>
    public string? Own { get; }

    /// <summary>The condition that leaves them out.</summary>
    public string NotOwn => Own is null ? "" : $" AND NOT coalesce({Own}, false)";

    /// <summary>The JSON column that keeps the old id of a new UUID; null where none does.</summary>
    public string? KeptIn => Plan.Rule.Key.KeepAs is null ? null : Plan.Rule.ExtrasInto;
}

/// <summary>A column of Ultimate that points to another table.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Table">Ultimate's table that it points to.</param>
internal sealed record FollowReference(string Column, string Table);
