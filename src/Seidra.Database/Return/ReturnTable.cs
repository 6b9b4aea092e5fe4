namespace Seidra.Database;

/// <summary>One table of Ultimate on its way back.</summary>
internal sealed class ReturnTable
{
    private readonly int[] _ultimate;

    /// <param name="ultimate">Ultimate's table.</param>
    /// <param name="plan">How it was filled; null where Classic has no such table.</param>
    /// <param name="columns">Classic's columns, by the ordinals of the plan.</param>
    public ReturnTable(UltimateTable ultimate, TablePlan? plan, IReadOnlyList<ClassicColumn> columns)
    {
        Ultimate = ultimate;
        Plan = plan;
        Columns = columns;
        _ultimate = plan is null ? [] : [.. plan.Binding.Columns.Select(column => IndexOf(column.Rule.To))];
        ExtrasInto = plan?.Rule.ExtrasInto is { } into ? plan.Binding.IndexOf(into) : -1;
    }

    public string Name => Ultimate.Name;

    public UltimateTable Ultimate { get; }

    public TablePlan? Plan { get; }

    /// <summary>The plan of a table that Classic has.</summary>
    public TableBinding Binding => Plan!.Binding;

    public IReadOnlyList<ClassicColumn> Columns { get; }

    public ClassicColumn Key => Columns[Binding.Key];

    /// <summary>Whether Classic has the table; the rows of one without are only kept.</summary>
    public bool IsInClassic => Plan is { Derived: null };

    /// <summary>Whether Ultimate's key is a number.</summary>
    public bool HasNumericKey => Ultimate.Columns[0].Type == UltimateType.Integer;

    /// <summary>Index among the bound columns of the JSON object that keeps extras; -1 where there is none.</summary>
    public int ExtrasInto { get; }

    /// <summary>The column of Ultimate's row that a bound column is.</summary>
    public object? Value(UltimateRow row, int bound) => row.Values[_ultimate[bound]];

    public int IndexOf(string column)
    {
        for (var index = 0; index < Ultimate.Columns.Count; index++)
        {
            if (Ultimate.Columns[index].Name == column)
                return index;
        }

        return -1;
    }
}

/// <summary>A column of Classic as it is written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its declared type in lower case.</param>
/// <param name="Times">How it writes points in time.</param>
/// <param name="Flags">How it writes true and false.</param>
/// <param name="Words">Its own words for Ultimate's, by Ultimate's.</param>
/// <param name="IsNumeric">Whether its values are whole numbers: by type, or on SQLite by what is there.</param>
/// <param name="IsUnique">Whether no two rows may share a value.</param>
internal sealed record ClassicColumn(
    string Name, string Type, TimeForm Times, FlagForm Flags, IReadOnlyDictionary<string, string> Words, bool IsNumeric, bool IsUnique);

/// <summary>A row of Ultimate; the values in the order of its table's columns, as the type of each column is carried.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Values">null, long, double, bool, DateTime or string; a string also where SQLite holds what is none of the column's.</param>
internal sealed record UltimateRow(KeyId Key, object?[] Values);
