namespace Seidra.Database;

/// <summary>Converts values column by column, as objects, and fills in what Classic does not have.</summary>
internal sealed class ColumnValues
{
    /// <summary>What stands for the row's key in a default.</summary>
    public const string KeyMark = "{key}";

    private readonly TablePlan _table;
    private readonly object?[] _defaults;

    public ColumnValues(TablePlan table)
    {
        _table = table;
        _defaults = [.. table.Binding.Columns.Select(Default)];
    }

    /// <summary>The converted value or the default; fallbacks are the caller's.</summary>
    public object? Read(IRawRow row, int index, RowVerdict verdict)
    {
        var value = Convert(row, index, verdict);
        return value ?? (_table.Binding.Columns[index].Fallbacks.Count > 0 ? null : Otherwise(row, index, verdict));
    }

    /// <summary>The converted value; null where Classic holds none that is usable.</summary>
    public object? Convert(IRawRow row, int index, RowVerdict verdict)
    {
        var column = _table.Binding.Columns[index];
        object? value = null;
        foreach (var ordinal in column.Ordinals)
        {
            var converted = column.Converter!.Convert(row[ordinal], column.Rule, verdict);
            value = converted is true ? true : value ?? converted;
        }

        return value;
    }

    /// <summary>The default, recorded where the rule says so; null and quarantine where a required value is missing.</summary>
    public object? Otherwise(IRawRow row, int index, RowVerdict verdict)
    {
        var column = _table.Binding.Columns[index];
        var reason = verdict.Notes.LastOrDefault(note => note.Column == column.Rule.To)?.Reason;
        if (column.Rule.Default is { } text)
        {
            if (column.Rule.Noted && reason is null && column.Ordinals is [var ordinal, ..])
                verdict.Note(column.Rule.To, Reasons.MissingValue, row[ordinal]);
            return column.Type == TargetType.Text ? text.Replace(KeyMark, verdict.Key, StringComparison.Ordinal) : _defaults[index];
        }

        if (column.Rule.Required)
            verdict.Quarantine(reason ?? Reasons.MissingValue, $"{column.Rule.To} has no usable value");
        return null;
    }

    /// <summary>The default as the column's converter reads it; null where there is none.</summary>
    public static object? Default(ColumnBinding column) =>
        column.Rule.Default is { } text && column.Converter is { } converter
            ? converter.Convert(text, new ColumnRule(column.Rule.To, []), new RowVerdict("0", path => path))
            : null;
}
