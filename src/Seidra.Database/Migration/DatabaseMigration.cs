using System.Data.Common;

namespace Seidra.Database;

/// <summary>
/// Moves Classic's rows into Ultimate's tables. One idempotent merge: the first pass brings everything in chunks, later
/// passes touch only what differs; killed anywhere, the next pass goes on at the chunk that was cut.
/// </summary>
public static class DatabaseMigration
{
    /// <summary>Runs one pass over all tables, from one consistent snapshot of Classic.</summary>
    /// <param name="source">Classic's database; only read.</param>
    /// <param name="target">Ultimate's database, with its tables.</param>
    /// <param name="plan">The plan made for this source.</param>
    /// <param name="options">Media paths, log, progress.</param>
    /// <param name="cancel">Ends the pass at a chunk.</param>
    /// <exception cref="DatabaseException">
    /// The target holds rows that are not Classic's (nothing was changed), lacks tables, or an engine refused.
    /// </exception>
    public static async Task<MigrationResult> RunAsync(
        DatabaseEndpoint source, DatabaseEndpoint target, MigrationPlan plan, MigrationOptions options, CancellationToken cancel = default)
    {
        try
        {
            await RequireTablesAsync(target, plan, cancel);
            await using var writer = await MigrationTarget.OpenAsync(target, cancel);
            await writer.PrepareAsync(cancel);
            await RequireOwnRowsAsync(target, writer, plan, cancel);
            var result = await MoveAsync(source, writer, plan, options, cancel);
            // Until traffic moves, Classic is the truth: what Ultimate changed in moved rows while it was tried is written again.
            if (options.ReadBack && result.Tables.Any(table => !table.ChecksumEqual) && await DriftRepair.MarkAsync(writer, plan, options.Log, cancel) > 0)
                result = await MoveAsync(source, writer, plan, options, cancel);
            return result;
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(error is Npgsql.NpgsqlException == (target.Kind == DatabaseKind.PostgreSql) ? target : source, error, "move rows into");
        }
    }

    private static async Task RequireTablesAsync(DatabaseEndpoint target, MigrationPlan plan, CancellationToken cancel)
    {
        var catalog = await DatabaseCatalog.ReadAsync(target, cancel);
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

    private static async Task RequireOwnRowsAsync(DatabaseEndpoint target, IMigrationTarget writer, MigrationPlan plan, CancellationToken cancel)
    {
        var foreign = new List<string>();
        foreach (var table in plan.Tables)
        {
            if (await writer.ForeignRowsAsync(TargetTable.Of(table), cancel) is var rows and > 0)
                foreign.Add($"{table.Target}: {rows} rows");
        }

        if (foreign.Count > 0)
            throw new DatabaseException($"Expected no rows but those moved from Classic in {target.Display}, found others; nothing was changed. Give an empty database, or remove them:", foreign);
    }

    private static async Task<MigrationResult> MoveAsync(
        DatabaseEndpoint source, IMigrationTarget writer, MigrationPlan plan, MigrationOptions options, CancellationToken cancel) =>
        await ResultAsync(writer, await PassAsync(source, writer, plan, options, cancel), options, cancel);

    private static async Task<IReadOnlyList<TablePass>> PassAsync(
        DatabaseEndpoint source, IMigrationTarget writer, MigrationPlan plan, MigrationOptions options, CancellationToken cancel)
    {
        await using var snapshot = await SourceSnapshot.OpenAsync(source, cancel);
        var run = new MigrationRun(plan, options);
        var passes = new List<TablePass>();
        var derived = new Dictionary<string, DerivedRows>(StringComparer.Ordinal);
        var ticker = new ProgressTicker(options.Progress, plan.Tables.Sum(table => table.Rows));
        foreach (var table in plan.Tables)
        {
            run.Identities[table.Target] = await Identities.LoadAsync(table, snapshot, writer, cancel);
            var pass = new TablePass(table, run, writer);
            var rows = table.Derived is { } binding ? derived[binding.From].ReadAsync() : snapshot.ReadAsync(table, cancel);
            var made = plan.Tables.FirstOrDefault(other => other.Derived?.From == table.Target) is { } maker
                ? derived[table.Target] = new DerivedRows(maker.Derived!)
                : null;
            await pass.RunAsync(rows, made, ticker.Partial, cancel);
            ticker.Complete(table.Derived is null ? pass.SourceRows : 0);
            passes.Add(pass);
        }

        foreach (var pass in Enumerable.Reverse(passes))
            await pass.SweepAsync(cancel);
        foreach (var pass in passes.Where(pass => pass.Target.Key.Type == TargetType.Integer))
            await writer.SetSequenceAsync(pass.Target, cancel);
        return passes;
    }

    private static async Task<MigrationResult> ResultAsync(
        IMigrationTarget writer, IReadOnlyList<TablePass> passes, MigrationOptions options, CancellationToken cancel)
    {
        var moves = new List<TableMove>();
        foreach (var pass in passes)
        {
            var check = await CheckAsync(writer, pass, options.ReadBack, cancel);
            if (check.SourceRows != pass.PlacedRows + pass.QuarantinedRows)
                throw new DatabaseException($"{check.Name}: expected every row placed or in quarantine, found {check.SourceRows} rows, {pass.PlacedRows} placed, {check.QuarantinedRows} in quarantine. This is a fault of the program; keep the state folder and report it.");
            moves.Add(new TableMove(check, pass.Inserted, pass.Updated, pass.Deleted));
            options.Log?.Invoke($"{check.Name}: {check.SourceRows} rows, {check.MigratedRows} placed, {check.QuarantinedRows} in quarantine; +{pass.Inserted} ~{pass.Updated} -{pass.Deleted}");
        }

        return new MigrationResult(moves, await writer.CountAsync(LedgerTables.Quarantine, cancel), await writer.CountAsync(LedgerTables.Notes, cancel));
    }

    private static async Task<TableCheck> CheckAsync(IMigrationTarget writer, TablePass pass, bool readBack, CancellationToken cancel)
    {
        if (!readBack)
            return new TableCheck(pass.Target.Name, pass.SourceRows, pass.PlacedRows, pass.QuarantinedRows, ChecksumEqual: false);
        var (rows, sum) = await ReadBackAsync(writer, pass.Target, cancel);
        if (pass.HoldsDemo && await writer.HasDemoAccountAsync(cancel))
            rows++;
        return new TableCheck(pass.Target.Name, pass.SourceRows, rows, pass.QuarantinedRows, rows == pass.PlacedRows && sum == pass.Sum);
    }

    private static async Task<(long Rows, UInt128 Sum)> ReadBackAsync(IMigrationTarget writer, TargetTable table, CancellationToken cancel)
    {
        var hash = new RowHash();
        var (rows, sum) = (0L, UInt128.Zero);
        await foreach (var values in writer.ReadAsync(table, cancel))
        {
            rows++;
            sum += hash.Of(values);
        }

        return (rows, sum);
    }
}
