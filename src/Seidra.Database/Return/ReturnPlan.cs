namespace Seidra.Database;

/// <summary>The reversed map: every table of Ultimate with the columns of Classic it was filled from, and how those write values.</summary>
internal sealed class ReturnPlan
{
    private const int Sample = 300;

    private ReturnPlan(IReadOnlyList<ReturnTable> tables) => Tables = tables;

    /// <summary>All tables of Ultimate, parents before children.</summary>
    public IReadOnlyList<ReturnTable> Tables { get; }

    public ReturnTable this[string table] => Tables.First(other => other.Name == table);

    /// <summary>Reads Classic's catalog and a sample of its newest rows.</summary>
    public static async Task<ReturnPlan> ReadAsync(ClassicConnection classic, MigrationPlan plan, CancellationToken cancel)
    {
        var catalog = await DatabaseCatalog.ReadAsync(classic.Connection, cancel);
        var tables = new List<ReturnTable>();
        // In the plan's order, and what Classic does not have behind it.
        var order = plan.Tables.Select(table => table.Target).ToList();
        foreach (var ultimate in UltimateTables.All.OrderBy(table => order.IndexOf(table.Name) is var at and >= 0 ? at : int.MaxValue))
        {
            var bound = plan.Tables.FirstOrDefault(table => table.Target == ultimate.Name);
            tables.Add(new ReturnTable(ultimate, bound, bound is { Derived: null } ? await ColumnsAsync(classic, bound, catalog[bound.Source], cancel) : []));
        }

        return new ReturnPlan(tables);
    }

    private static async Task<IReadOnlyList<ClassicColumn>> ColumnsAsync(ClassicConnection classic, TablePlan plan, CatalogTable catalog, CancellationToken cancel)
    {
        var names = plan.SourceColumns.Select(column => classic.IsPostgres ? $"{SqlName.Quote(column.Name)}::text" : SqlName.Quote(column.Name));
        var rows = new List<object?[]>();
        await foreach (var row in classic.ReadAsync(new Statement($"SELECT {string.Join(", ", names)} FROM {SqlName.Quote(plan.Source)} source ORDER BY source.{SqlName.Quote(plan.SourceColumns[plan.Binding.Key].Name)} DESC LIMIT {Sample}"), cancel))
            rows.Add(row);
        return [.. plan.SourceColumns.Select((column, ordinal) => Column(classic, plan, column, ordinal, catalog, [.. rows.Select(row => row[ordinal]).Where(value => value is not null)]))];
    }

    private static ClassicColumn Column(ClassicConnection classic, TablePlan plan, SourceColumn column, int ordinal, CatalogTable catalog, IReadOnlyList<object?> values)
    {
        var numeric = classic.IsPostgres
            ? column.Type is "smallint" or "integer" or "bigint" || column.Type.StartsWith("numeric", StringComparison.Ordinal)
            : values.Count > 0 ? values.All(value => value is long) : column.Type.Contains("int", StringComparison.Ordinal);
        return new ClassicColumn(
            column.Name,
            column.Type,
            Most(values.Select(TimeForm.Of)) ?? TimeForm.OfType(column.Type),
            Most(values.Select(FlagForm.Of)) ?? FlagForm.OfType(column.Type, classic.Kind),
            Words(plan, ordinal, values),
            numeric,
            // An index on an expression names no column.
            catalog.Indexes.Any(index => index.Unique && index.Columns.Any(name => name.Length == 0 || name.Equals(column.Name, StringComparison.OrdinalIgnoreCase))));
    }

    // Classic's own words for what Ultimate calls otherwise: the most frequent one that means it.
    private static Dictionary<string, string> Words(TablePlan plan, int ordinal, IReadOnlyList<object?> values)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        if (plan.Binding.Columns.FirstOrDefault(column => column.Converter is StatusConverter && column.Ordinals.Contains(ordinal)) is not { } status)
            return words;
        foreach (var word in values.OfType<string>().GroupBy(value => value, StringComparer.Ordinal).OrderByDescending(group => group.Count()).Select(group => group.Key))
        {
            var verdict = new RowVerdict("", path => path);
            if (status.Converter!.Convert(word, status.Rule, verdict) is string meaning && verdict.Notes.Count == 0)
                words.TryAdd(meaning, word);
        }

        return words;
    }

    private static T? Most<T>(IEnumerable<T?> forms)
        where T : class => forms.OfType<T>().GroupBy(form => form).MaxBy(group => group.Count())?.Key;
}
