using System.Data.Common;
using System.Globalization;

namespace Seidra.Database;

/// <summary>Looks at Ultimate's database before the first change.</summary>
internal static class TargetGuard
{
    /// <summary>Every table and column of the plan must be there.</summary>
    public static async Task RequireTablesAsync(DatabaseEndpoint target, DbConnection connection, MigrationPlan plan, CancellationToken cancel)
    {
        var catalog = await DatabaseCatalog.ReadAsync(connection, cancel);
        var missing = plan.Tables.Where(table => !catalog.ContainsKey(table.Target)).Select(table => $"table {table.Target} is missing").ToList();
        missing.AddRange(
            from table in plan.Tables
            where catalog.ContainsKey(table.Target)
            from column in TargetTable.Of(table).Columns
            where catalog[table.Target].Column(column.Name) is null
            select $"column {table.Target}.{column.Name} is missing");
        if (missing.Count > 0)
            throw new DatabaseException($"Expected Ultimate's tables in {target.Display}; make them first (--target=PrepareStaging):", missing);
    }

    /// <summary>A table of which the ledger knows no chunk holds no rows but Ultimate's own.</summary>
    public static async Task RequireOwnRowsAsync(DatabaseEndpoint target, DbConnection connection, MigrationPlan plan, CancellationToken cancel)
    {
        var begun = await BegunAsync(connection, cancel);
        var foreign = new List<string>();
        foreach (var table in plan.Tables.Select(TargetTable.Of).Where(table => !begun.Contains(table.Name)))
        {
            if (await RowsAsync(connection, table, cancel) is var rows and > 0)
                foreign.Add($"{table.Name}: {rows} rows");
        }

        if (foreign.Count > 0)
            throw new DatabaseException($"Expected no rows but those moved from Classic in {target.Display}, found others; nothing was changed. Give an empty database, or remove them:", foreign);
    }

    /// <summary>Rows of a table without Ultimate's own.</summary>
    public static async Task<long> RowsAsync(DbConnection connection, TargetTable table, CancellationToken cancel)
    {
        await using var command = connection.Sql($"SELECT count(*) FROM {table.Quoted}{Where.NotOwn(connection, table)}");
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
    }

    private static async Task<HashSet<string>> BegunAsync(DbConnection connection, CancellationToken cancel)
    {
        if (!(await DatabaseCatalog.ReadAsync(connection, cancel)).ContainsKey(LedgerSchema.Chunks))
            return [];
        await using var command = connection.Sql($"SELECT DISTINCT table_name FROM {LedgerSchema.Chunks}");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancel))
            names.Add(reader.GetString(0));
        return names;
    }
}

/// <summary>Conditions of both engines.</summary>
internal static class Where
{
    /// <summary>A WHERE that leaves Ultimate's own rows out; empty where it has none.</summary>
    public static string NotOwn(DbConnection connection, TargetTable table) =>
        table.Own is { } own ? $" WHERE NOT coalesce({own}, {(connection is Npgsql.NpgsqlConnection ? "false" : "0")})" : "";
}
