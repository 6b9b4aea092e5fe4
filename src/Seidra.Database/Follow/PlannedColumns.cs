namespace Seidra.Database;

/// <summary>
/// Compares Classic's tables with those that the plan was made for. Asked once: what changes from then on the capture notices by
/// itself with every reading.
/// </summary>
internal static class PlannedColumns
{
    /// <exception cref="DatabaseException">A table is gone, or its columns are others.</exception>
    public static async Task RequireAsync(DatabaseEndpoint source, MigrationPlan plan, CancellationToken cancel)
    {
        var catalog = await DatabaseCatalog.ReadAsync(source, cancel);
        var problems = new List<string>();
        foreach (var table in plan.Tables.Where(table => table.Derived is null))
        {
            if (!catalog.TryGetValue(table.Source, out var found))
            {
                problems.Add($"table {table.Source} is gone");
                continue;
            }

            var (planned, now) = (table.SourceColumns.Select(column => column.Name).ToList(), found.Columns.Select(column => column.Name).ToList());
            problems.AddRange(planned.Except(now, StringComparer.OrdinalIgnoreCase).Select(column => $"column {table.Source}.{column} is gone"));
            problems.AddRange(now.Except(planned, StringComparer.OrdinalIgnoreCase).Select(column => $"column {table.Source}.{column} is new"));
        }

        if (problems.Count > 0)
            throw new DatabaseException($"Expected the tables of {source.Display} as they were when the migration was planned, found others; nothing was changed. Run the migration again, which plans anew (--target=MigrateDatabase):", problems);
    }
}
