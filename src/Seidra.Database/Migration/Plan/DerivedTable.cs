namespace Seidra.Database;

/// <summary>Plans a table whose rows Classic does not have but says elsewhere: one per owner with a true column.</summary>
internal static class DerivedTable
{
    private static readonly string[] _columns = ["id", "owner", "flag", "created_at"];

    /// <summary>Adds the plan where the read table has the column.</summary>
    public static void Bind(List<TablePlan> plans, SchemaMap map, TableRule maker, TablePlan from, TableBinder reader)
    {
        var when = reader.Take(maker.Derive!.When);
        var owner = from.Binding.Columns.FirstOrDefault(column => column.Rule.To == maker.Derive.Owner)?.Ordinals is [var first, ..] ? first : -1;
        if (when < 0 || owner < 0)
            return;
        var columns = _columns.Select(name => new SourceColumn(name, "")).ToList();
        var bound = maker.Columns.Select(column => new ColumnBinding(
            column,
            column.To == maker.Derive.Set ? [2] : column.Reference == from.Binding.Columns.First(other => other.Rule.To == maker.Derive.Owner).Rule.Reference ? [1] : column.To is "created_at" or "updated_at" ? [3] : [],
            column.Reference is { } parent ? map.Tables.First(table => table.Target == parent).Key.Type : Converters.Get(column.Convert).Type,
            column.Reference is null ? Converters.Get(column.Convert) : null,
            [])).ToList();
        var createdAt = from.Binding.Columns.FirstOrDefault(column => column.Rule.To == "created_at")?.Ordinals is [var created, ..] ? created : -1;
        plans.Add(new TablePlan(maker, $"{from.Source}.{from.SourceColumns[when].Name}", columns, new TableBinding(0, bound, []))
        {
            Derived = new DerivedBinding(from.Target, when, owner, createdAt),
            Columns = [.. bound.Where(column => column.Ordinals.Count > 0).Select(column => new ColumnPlan(column.Rule.To, [$"{from.Source}.{from.SourceColumns[when].Name}"], "derived"))],
        });
    }
}
