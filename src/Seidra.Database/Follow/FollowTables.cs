namespace Seidra.Database;

/// <summary>The plan's tables, parents first, each with the keys of its rows.</summary>
internal sealed class FollowTables
{
    private readonly Dictionary<string, FollowTableKeys> _byName;

    public FollowTables(MigrationPlan plan)
    {
        All = [.. plan.Tables.Select(table => new FollowTable(table)).Select(table => new FollowTableKeys(table, new FollowKeys(table)))];
        _byName = All.ToDictionary(table => table.Table.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<FollowTableKeys> All { get; }

    /// <summary>Null where the plan has no such table.</summary>
    public FollowTableKeys? Get(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The tables with a column that points to this one.</summary>
    public IEnumerable<(FollowTableKeys Child, string Column)> Children(string name) =>
        from child in All
        from reference in child.Table.References
        where reference.Table == name
        select (child, reference.Column);

    /// <summary>The table whose rows are made of this one's; null where there is none.</summary>
    public FollowTable? DerivedFrom(string name) => All.FirstOrDefault(table => table.Table.Plan.Derived?.From == name)?.Table;
}

/// <summary>A table and the keys of its rows.</summary>
internal sealed record FollowTableKeys(FollowTable Table, FollowKeys Keys);
