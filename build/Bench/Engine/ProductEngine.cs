using System.Diagnostics;
using Seidra.Database;

namespace Seidra.Cutover.Bench;

/// <summary>The product as its targets call it.</summary>
internal sealed class ProductEngine : IDatabaseEngine
{
    private static readonly MigrationOptions Options = new() { ReadBack = false };

    /// <inheritdoc/>
    public async Task<CopyTimes> MigrateAsync(DatabaseEndpoint classic, DatabaseEndpoint ultimate, bool verify, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        await UltimateSchema.CreateAsync(ultimate, cancel);
        var plan = await MigrationPlanner.PlanAsync(classic, SchemaMap.Default, cancel: cancel);
        await DatabaseMigration.RunAsync(classic, ultimate, plan, Options, cancel);
        var copy = watch.Elapsed;
        if (verify)
        {
            await VerifyAsync(classic, ultimate, plan, cancel);
        }

        return new CopyTimes(copy, verify ? watch.Elapsed - copy : TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public async Task<ILiveMove> StartAsync(DatabaseEndpoint classic, DatabaseEndpoint ultimate, CancellationToken cancel)
    {
        await MigrateAsync(classic, ultimate, verify: false, cancel);
        return new ProductMove(classic, ultimate);
    }

    /// <inheritdoc/>
    public Task BackUpAsync(DatabaseEndpoint classic, string folder, CancellationToken cancel) =>
        DatabaseBackup.CreateAsync(classic, folder, cancel: cancel);

    /// <inheritdoc/>
    public async Task DrillAsync(string folder, DatabaseEndpoint scratch, CancellationToken cancel)
    {
        var tables = await RestoreDrill.RunAsync(folder, scratch, cancel: cancel);
        if (tables.Sum(table => table.SourceRows) == 0 || tables.Any(table => !table.ChecksumEqual))
        {
            throw new BenchException("Expected the drill to compare rows and to find them equal, found neither.");
        }
    }

    /// <summary>Brings Ultimate up to what Classic holds now.</summary>
    public static async Task PassAsync(DatabaseEndpoint classic, DatabaseEndpoint ultimate, bool verify, CancellationToken cancel)
    {
        var plan = await MigrationPlanner.PlanAsync(classic, SchemaMap.Default, cancel: cancel);
        await DatabaseMigration.RunAsync(classic, ultimate, plan, Options, cancel);
        if (verify)
        {
            await VerifyAsync(classic, ultimate, plan, cancel);
        }
    }

    private static async Task VerifyAsync(DatabaseEndpoint classic, DatabaseEndpoint ultimate, MigrationPlan plan, CancellationToken cancel)
    {
        var result = await RowVerification.RunAsync(classic, ultimate, plan, Options, cancel);
        if (result.Tables.Sum(table => table.SourceRows) == 0 || result.Tables.Any(table => !table.ChecksumEqual))
        {
            throw new BenchException($"Expected all rows equal on both sides, found: {string.Join("; ", result.Differences.Take(3))}");
        }
    }
}
