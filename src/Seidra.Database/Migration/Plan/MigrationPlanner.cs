using System.Data.Common;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>Checks a schema map against a real Classic database before anything moves.</summary>
public static class MigrationPlanner
{
    private static readonly string[] _ignored = ["alembic_version", "sqlite_sequence", "sqlite_stat1", "sqlite_stat4"];

    /// <summary>Ties the map to the tables and columns that are there.</summary>
    /// <param name="source">Classic's database; only read.</param>
    /// <param name="map">The schema map.</param>
    /// <param name="options">What may stay behind.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="DatabaseException">
    /// The database is no Classic, columns that must be there are missing, or tables and columns fit nowhere and are not
    /// accepted; all problems at once.
    /// </exception>
    public static async Task<MigrationPlan> PlanAsync(DatabaseEndpoint source, SchemaMap map, PlanOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new PlanOptions();
        try
        {
            await using DbConnection connection = source.Kind == DatabaseKind.PostgreSql
                ? await source.OpenPostgresAsync(cancel)
                : await source.OpenSqliteAsync(SqliteOpenMode.ReadOnly, cancel);
            var catalog = await DatabaseCatalog.ReadAsync(connection, cancel);
            var shape = ClassicShapes.Detect(catalog);
            if (shape == ClassicShape.Unknown && !catalog.ContainsKey("users"))
                throw new DatabaseException($"Expected SEIDRA Classic's tables (users, personas, jobs, media) in {source.Display}, found {(catalog.Count == 0 ? "no table" : string.Join(", ", catalog.Keys.Order(StringComparer.Ordinal)))}. Correct classic.database.url in the settings.");
            var tables = Bind(source, catalog, map, options, out var unmapped);
            var counted = new List<TablePlan>();
            foreach (var table in tables)
                counted.Add(await CountAsync(connection, table, cancel));
            return new MigrationPlan(shape, counted, unmapped, Fingerprint(map, counted, options), options);
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(source, error, "read the catalog of");
        }
    }

    private static List<TablePlan> Bind(
        DatabaseEndpoint source, IReadOnlyDictionary<string, CatalogTable> catalog, SchemaMap map, PlanOptions options, out IReadOnlyList<string> unmapped)
    {
        var problems = new List<string>();
        var left = new List<string>();
        var plans = new List<TablePlan>();
        var found = map.Tables.ToDictionary(rule => rule, rule => rule.From.Select(catalog.GetValueOrDefault).FirstOrDefault(table => table is not null));
        foreach (var rule in map.Tables)
        {
            if (found[rule] is not { } table)
                continue;
            var columns = table.Columns.Select(column => new SourceColumn(column.Name, column.Type)).ToList();
            var binder = new TableBinder(map.Tables, rule, table.Name, columns);
            var binding = binder.Bind();
            plans.Add(new TablePlan(rule, table.Name, columns, binding) { Columns = Describe(rule, binding, columns) });
            // A table made from this one may read columns that no rule of its own takes.
            foreach (var maker in map.Tables.Where(maker => maker.Derive?.From == rule.Target && found[maker] is null))
                DerivedTable.Bind(plans, map, maker, plans[^1], binder);
            problems.AddRange(binder.Problems);
            left.AddRange(binder.Unmapped);
        }

        foreach (var needed in new[] { "users", "personas", "generation_jobs", "media_items" }.Where(name => map.Tables.Any(rule => rule.Target == name) && plans.All(plan => plan.Target != name)))
            problems.Add($"expected a table for {needed} by one of the names {string.Join(", ", map.Tables.First(rule => rule.Target == needed).From)}, found none.");
        var known = plans.Where(plan => plan.Derived is null).Select(plan => plan.Source).Concat(_ignored).ToHashSet(StringComparer.OrdinalIgnoreCase);
        left.AddRange(catalog.Keys.Where(name => !known.Contains(name) && !LedgerSchema.IsOurs(name)).Order(StringComparer.Ordinal));
        unmapped = left;
        problems.AddRange(left.Where(name => !options.AcceptUnmapped.Contains(name, StringComparer.OrdinalIgnoreCase)).Select(name =>
            $"{name} has no place in Ultimate. Map it in a schema map file (schema.map), or accept that it stays behind: add \"{name}\" to schema.acceptUnmapped."));
        if (problems.Count > 0)
            throw new DatabaseException($"The schema map does not fit {source.Display}; nothing was moved:", problems);
        // Parents before children, in the order of the map, whatever the order in which they were bound.
        var order = map.Tables.Select(rule => rule.Target).ToList();
        return [.. plans.OrderBy(plan => order.IndexOf(plan.Target))];
    }

    private static IReadOnlyList<ColumnPlan> Describe(TableRule rule, TableBinding binding, List<SourceColumn> columns)
    {
        IReadOnlyList<string> Names(IEnumerable<int> ordinals) => [.. ordinals.Where(ordinal => ordinal >= 0).Select(ordinal => columns[ordinal].Name)];
        return
        [
            new ColumnPlan(KeyRule.Column, Names([binding.Key]), rule.Key.As.ToString().ToLowerInvariant()),
            .. binding.Columns.Select(column => new ColumnPlan(column.Rule.To, Names(column.Ordinals), column.Rule.Reference is null ? column.Rule.Convert : "reference")),
            .. binding.Extras.Select(extra => new ColumnPlan($"{rule.ExtrasInto}.{extra.Rule.Key}", Names([extra.Ordinal]), extra.Rule.Reference is null ? "extra" : "reference")),
        ];
    }

    private static async Task<TablePlan> CountAsync(DbConnection connection, TablePlan plan, CancellationToken cancel)
    {
        if (plan.Derived is not null)
            return plan;
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {SqlName.Quote(plan.Source)}";
        var rows = Convert.ToInt64(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
        return new TablePlan(plan.Rule, plan.Source, plan.SourceColumns, plan.Binding) { Rows = rows, Columns = plan.Columns };
    }

    private static string Fingerprint(SchemaMap map, List<TablePlan> tables, PlanOptions options)
    {
        var columns = tables.SelectMany(table => table.SourceColumns.Select(column => $"{table.Target}.{column.Name}"));
        return XxHash128.HashToUInt128(Encoding.UTF8.GetBytes($"{map.Fingerprint}\n{options.DemoUsername}\n{string.Join('\n', columns)}")).ToString("x32", CultureInfo.InvariantCulture);
    }
}
