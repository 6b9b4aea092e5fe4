using Npgsql;
using Seidra.Sandbox;

namespace Seidra.Cutover.Bench;

/// <summary>The database: copy, follow, write pause, restore drill.</summary>
internal sealed class DatabaseSuite : IBenchSuite
{
    private static readonly IReadOnlyList<IBenchCase> Cases =
    [
        new SqliteToPostgresCase(),
        new PostgresToPostgresCase(),
        new FollowApplyCase(),
        new FollowLagCase(),
        new WritePauseCase("write-pause-postgres-100k", sqlite: false, share: 0.1, boundMs: 150),
        new WritePauseCase("write-pause-postgres-1m", sqlite: false, share: 1, boundMs: 150),
        new WritePauseCase("write-pause-sqlite-100k", sqlite: true, share: 0.1, boundMs: 100),
        new WritePauseCase("write-pause-sqlite-1m", sqlite: true, share: 1, boundMs: 100),
        new RestoreDrillCase(),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> RowNames { get; } = [.. Cases.SelectMany(each => each.RowNames)];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRequest request, BenchLog log, CancellationToken cancel)
    {
        var wanted = (request.Only.Count > 0 ? request.Only : RowNames).ToHashSet(StringComparer.Ordinal);
        var rows = new List<BenchRow>();
        await using var rig = await BenchRig.StartAsync(request, log, cancel);
        foreach (var each in Cases.Where(each => each.RowNames.Any(wanted.Contains)))
        {
            log.Line(string.Join(", ", each.RowNames.Where(wanted.Contains)));
            rows.AddRange(await MeasureAsync(each, rig, wanted, cancel));
        }

        return rows;
    }

    /// <inheritdoc/>
    public Task MeasureAsync(string name, CancellationToken cancel) =>
        new Measures(new ProductEngine(), Console.Out).RunAsync(name, MeasureInput.FromEnvironment(), Console.In, cancel);

    // One that fails does not take the others' figures along.
    private static async Task<IReadOnlyList<BenchRow>> MeasureAsync(IBenchCase each, BenchRig rig, HashSet<string> wanted, CancellationToken cancel)
    {
        try
        {
            return await each.RunAsync(rig, wanted, cancel);
        }
        catch (Exception error) when (error is BenchException or NpgsqlException or SandboxException or IOException)
        {
            rig.Log.Line(error.Message);
            return [.. each.RowNames.Where(wanted.Contains).Select(row => new BenchRow(row) { Failed = true, Reason = error.Message })];
        }
    }
}
