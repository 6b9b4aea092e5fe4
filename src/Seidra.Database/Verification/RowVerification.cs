using System.Data.Common;

namespace Seidra.Database;

/// <summary>
/// Compares every row on both sides: Classic is read again and mapped again, Ultimate is read back, and count and 128-bit sum
/// of the rows' hashes must agree, as must the quarantine. Nothing is changed on either side.
/// </summary>
public static class RowVerification
{
    /// <summary>Runs the comparison.</summary>
    /// <param name="source">Classic's database.</param>
    /// <param name="target">Ultimate's database.</param>
    /// <param name="plan">The plan of the migration.</param>
    /// <param name="options">The options of the migration.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>A check per table; its rows and checksum are those found in Ultimate now.</returns>
    /// <exception cref="DatabaseException">A side cannot be read.</exception>
    public static async Task<RowVerificationResult> RunAsync(
        DatabaseEndpoint source, DatabaseEndpoint target, MigrationPlan plan, MigrationOptions options, CancellationToken cancel = default)
    {
        try
        {
            if (!(await DatabaseCatalog.ReadAsync(target, cancel)).ContainsKey(LedgerTables.Ledger))
                throw new DatabaseException($"Expected rows moved from Classic in {target.Display}, found no ledger of a migration. Run: ./build.sh --target=MigrateDatabase");
            await using var snapshot = await SourceSnapshot.OpenAsync(source, cancel);
            await using var ledger = await MigrationTarget.OpenAsync(target, cancel);
            await using var rows = await MigrationTarget.OpenAsync(target, cancel);
            var classic = new ClassicSide(snapshot, ledger, plan, options);
            var ticker = new ProgressTicker(options.Progress, plan.Tables.Sum(table => table.Rows));
            // The two sides do not wait for one another; on SQLite neither yields by itself.
            var reading = Task.Run(() => classic.ReadAsync(null, ticker.Partial, cancel), cancel);
            var found = await Task.Run(() => ReadAsync(rows, plan, cancel), cancel);
            var expected = await reading;
            return await CompareAsync(classic, rows, plan, expected, found, cancel);
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(error is Npgsql.NpgsqlException == (target.Kind == DatabaseKind.PostgreSql) ? target : source, error, "compare the rows of");
        }
    }

    private static async Task<Dictionary<string, RowBuckets>> ReadAsync(IMigrationTarget target, MigrationPlan plan, CancellationToken cancel)
    {
        var tables = new Dictionary<string, RowBuckets>(StringComparer.Ordinal);
        var hash = new RowHash();
        foreach (var table in plan.Tables)
        {
            var buckets = tables[table.Target] = new RowBuckets();
            await foreach (var values in target.ReadAsync(TargetTable.Of(table), cancel))
                buckets.Add(ClassicSide.Key(values), hash.Of(values));
        }

        return tables;
    }

    private static async Task<RowVerificationResult> CompareAsync(
        ClassicSide classic, IMigrationTarget target, MigrationPlan plan,
        IReadOnlyDictionary<string, ClassicSide.Expected> expected, Dictionary<string, RowBuckets> found, CancellationToken cancel)
    {
        var drill = new RowDrill(plan);
        foreach (var table in plan.Tables)
            drill.Suspect(table, expected[table.Target].Placed.Differing(found[table.Target]));
        await drill.RunAsync(classic, target, cancel);
        var checks = new List<TableCheck>();
        foreach (var table in plan.Tables)
        {
            var side = expected[table.Target];
            var quarantined = await drill.CompareQuarantineAsync(table, side.Quarantine, target, cancel);
            var migrated = found[table.Target].Rows;
            if (side.HoldsDemo && await target.HasDemoAccountAsync(cancel))
                migrated++;
            else if (side.HoldsDemo)
                drill.Missing(table, DemoAccount.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            checks.Add(new TableCheck(table.Target, side.SourceRows, migrated, quarantined, drill.IsEqual(table)));
        }

        return new RowVerificationResult(checks, drill.Differences);
    }
}
