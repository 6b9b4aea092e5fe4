namespace Seidra.Database;

/// <summary>How one table is moved.</summary>
public sealed class TablePlan
{
    internal TablePlan(TableRule rule, string source, IReadOnlyList<SourceColumn> sourceColumns, TableBinding binding)
    {
        Rule = rule;
        Source = source;
        SourceColumns = sourceColumns;
        Binding = binding;
    }

    /// <summary>Classic's table; for rows made from another table's, that table and its column.</summary>
    public string Source { get; }

    /// <summary>Ultimate's table.</summary>
    public string Target => Rule.Target;

    /// <summary>Rows in Classic when the plan was made.</summary>
    public long Rows { get; internal init; }

    /// <summary>The columns, the key first.</summary>
    public IReadOnlyList<ColumnPlan> Columns { get; internal init; } = [];

    internal TableRule Rule { get; }

    /// <summary>Every column of the source, in the order in which rows carry their values.</summary>
    internal IReadOnlyList<SourceColumn> SourceColumns { get; }

    internal TableBinding Binding { get; }

    /// <summary>Where the rows are not Classic's own but made from another table's.</summary>
    internal DerivedBinding? Derived { get; init; }
}
