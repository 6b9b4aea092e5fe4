namespace Seidra.Database;

/// <summary>A table of Ultimate as it is written and read back.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns, the key first, in the order in which values are carried.</param>
/// <param name="Unique">Columns that no two rows may share.</param>
internal sealed record TargetTable(string Name, IReadOnlyList<TargetColumn> Columns, IReadOnlyList<string> Unique)
{
    public TargetColumn Key => Columns[0];

    public string Quoted => SqlName.Quote(Name);

    public string ColumnList => string.Join(", ", Columns.Select(column => SqlName.Quote(column.Name)));

    /// <summary>
    /// The rows that Ultimate makes itself and no pass touches, as a condition; null where there are none.
    /// </summary>
    public string? Own => Name switch
    {
        "users" => $"{SqlName.Quote(KeyRule.Column)} = {DemoAccount.Id}",
        "nsfw_settings" => $"\"user_id\" = {DemoAccount.Id}",
        _ => null,
    };

    public static TargetTable Of(TablePlan plan) => new(
        plan.Target,
        [new TargetColumn(KeyRule.Column, plan.Rule.Key.Type), .. plan.Binding.Columns.Select(column => new TargetColumn(column.Rule.To, column.Type))],
        [.. plan.Rule.Columns.Where(column => column.Unique != Uniqueness.None).Select(column => column.To)]);
}

/// <summary>A column of Ultimate.</summary>
internal sealed record TargetColumn(string Name, TargetType Type);
