namespace Seidra.Database;

/// <summary>Ties one table's rule to the columns of a real table and names what fits nowhere.</summary>
internal sealed class TableBinder(IReadOnlyList<TableRule> rules, TableRule rule, string source, IReadOnlyList<SourceColumn> columns)
{
    private readonly HashSet<int> _used = [];
    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Columns of the source that no rule takes, as <c>table.column</c>.</summary>
    public IReadOnlyList<string> Unmapped =>
        [.. columns.Where((_, ordinal) => !_used.Contains(ordinal)).Select(column => $"{source}.{column.Name}")];

    /// <summary>Marks a column as taken by a rule elsewhere; -1 where the source has no column of that name.</summary>
    public int Take(params IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            for (var ordinal = 0; ordinal < columns.Count; ordinal++)
            {
                if (!columns[ordinal].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                    continue;
                _used.Add(ordinal);
                return ordinal;
            }
        }

        return -1;
    }

    public TableBinding Bind()
    {
        var key = Take(rule.Key.From);
        if (key < 0)
            Missing("key", rule.Key.From);
        // Extras first take the names that are theirs alone; a column named by both a rule and an extra goes to the rule.
        var bound = rule.Columns.Select(Column).ToList();
        var extras = rule.Extras.Select(extra => new ExtraBinding(extra, Take(extra.From))).Where(extra => extra.Ordinal >= 0).ToList();
        return new TableBinding(key, bound, extras);
    }

    private ColumnBinding Column(ColumnRule column)
    {
        var ordinals = new List<int>();
        foreach (var name in column.From)
        {
            var ordinal = column.Any || ordinals.Count == 0 ? Free(name) : -1;
            if (ordinal >= 0)
                ordinals.Add(ordinal);
        }

        if (ordinals.Count == 0 && column.Required)
            Missing(column.To, column.From);
        var fallbacks = column.Fallback.Select(to => rule.Columns.ToList().FindIndex(other => other.To == to)).ToList();
        if (column.Reference is not { } parent)
            return new ColumnBinding(column, ordinals, Converters.Get(column.Convert).Type, Converters.Get(column.Convert), fallbacks);
        return new ColumnBinding(column, ordinals, rules.First(table => table.Target == parent).Key.Type, null, fallbacks);
    }

    private int Free(string name)
    {
        var taken = columns.Select((column, ordinal) => (column, ordinal))
            .Any(item => item.column.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && _used.Contains(item.ordinal));
        return taken ? -1 : Take(name);
    }

    private void Missing(string what, IReadOnlyList<string> names) => _problems.Add(
        $"{source}: expected a column for {rule.Target}.{what} by one of the names {string.Join(", ", names)}, found {string.Join(", ", columns.Select(column => column.Name))}. Add the right name to tables.{rule.Target} of a schema map file and name that file in schema.map of the settings.");
}
