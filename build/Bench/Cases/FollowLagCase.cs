namespace Seidra.Cutover.Bench;

/// <summary>How far Ultimate lies behind Classic while a thousand rows a second change.</summary>
internal sealed class FollowLagCase : IBenchCase
{
    private const string Row = "follow-lag";
    private const double FullSeconds = 30;
    private const double LeastSeconds = 2;

    /// <inheritdoc/>
    public IReadOnlyList<string> RowNames { get; } = [Row];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRig rig, IReadOnlyCollection<string> wanted, CancellationToken cancel)
    {
        var duration = TimeSpan.FromSeconds(Math.Clamp(FullSeconds * rig.Request.Rows / BenchRequest.FullRows, LeastSeconds, FullSeconds));
        await using var classic = await LiveClassic.CreateAsync(rig, rig.Request.Rows, sqlite: false, cancel);
        await using var migration = await LiveMigration.StartAsync(rig, classic.Classic, classic.Ultimate, cancel);
        await migration.DoAsync(LiveDialog.Follow, cancel);
        var (lags, rate) = await new SteadyLoad(rig.Server).RunAsync(duration, rig.Request.Rows, cancel);
        await migration.DoAsync(LiveDialog.Pause, cancel);
        var cost = await migration.EndAsync(cancel);
        return
        [
            new BenchRow(Row)
            {
                Ours = cost,
                Figures = new Dictionary<string, Figure>
                {
                    ["lagP50Ms"] = new(Statistics.Percentile(lags, 50), "ms"),
                    ["lagP95Ms"] = new(Statistics.Percentile(lags, 95), "ms", 200),
                    ["samples"] = new(lags.Count, "transactions"),
                    // A load that was not put on proves nothing.
                    ["loadRowsPerS"] = new(rate, "row changes/s", 0.9 * SteadyLoad.RowsPerSecond, AtLeast: true),
                },
            },
        ];
    }
}
