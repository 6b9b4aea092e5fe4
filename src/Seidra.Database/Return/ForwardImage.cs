namespace Seidra.Database;

/// <summary>
/// What Ultimate's row would be if Classic's were moved again: only where that differs from what Ultimate holds has anything
/// been changed there, and only that is written back. References are left to the keys.
/// </summary>
internal sealed class ForwardImage
{
    private readonly TableBinding _binding;
    private readonly Func<string, string?> _mapMediaPath;
    private readonly object?[] _defaults;
    private readonly object?[] _empty;

    public ForwardImage(ReturnTable table, Func<string, string?> mapMediaPath)
    {
        _binding = table.Binding;
        _mapMediaPath = mapMediaPath;
        _empty = new object?[table.Columns.Count];
        _defaults = [.. _binding.Columns.Select(column => column.Rule.Default is { } text && column.Converter is { } converter
            ? converter.Convert(text, new ColumnRule(column.Rule.To, []), new RowVerdict("0", path => path))
            : null)];
    }

    /// <summary>The values of the bound columns, and what was altered on the way.</summary>
    /// <param name="classic">Classic's row; null for one that holds nothing.</param>
    /// <param name="key">Its key as text.</param>
    public (object?[] Values, RowVerdict Verdict) Of(object?[]? classic, string key)
    {
        var verdict = new RowVerdict(key, _mapMediaPath);
        var values = new object?[_binding.Columns.Count];
        for (var index = 0; index < values.Length; index++)
            values[index] = Convert(classic ?? _empty, _binding.Columns[index], verdict);
        for (var index = 0; index < values.Length; index++)
        {
            var column = _binding.Columns[index];
            if (values[index] is null && column.Converter is not null)
                values[index] = column.Fallbacks.Select(other => values[other]).FirstOrDefault(value => value is not null) ?? Default(index, key);
        }

        return (values, verdict);
    }

    private static object? Convert(object?[] classic, ColumnBinding column, RowVerdict verdict)
    {
        object? value = null;
        if (column.Converter is not { } converter)
            return null;
        foreach (var ordinal in column.Ordinals)
        {
            var converted = converter.Convert(classic[ordinal], column.Rule, verdict);
            value = converted is true ? true : value ?? converted;
        }

        return value;
    }

    private object? Default(int index, string key) => _binding.Columns[index] is { Type: TargetType.Text, Rule.Default: { } text }
        ? text.Replace("{key}", key, StringComparison.Ordinal)
        : _defaults[index];
}
