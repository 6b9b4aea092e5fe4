using System.Diagnostics;

namespace Seidra.Cutover.Bench;

/// <summary>How long clients cannot write while the last changes move, and whether every acknowledged write arrives.</summary>
/// <param name="row">The row's name.</param>
/// <param name="sqlite">Whether Classic is on SQLite.</param>
/// <param name="share">The part of all rows that Classic holds.</param>
/// <param name="boundMs">The longest pause that 95 % of the freezes may take.</param>
internal sealed class WritePauseCase(string row, bool sqlite, double share, double boundMs) : IBenchCase
{
    private const int FullFreezes = 10;
    private const int ScaledFreezes = 3;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public IReadOnlyList<string> RowNames { get; } = [row];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRig rig, IReadOnlyCollection<string> wanted, CancellationToken cancel)
    {
        var rows = (int)(rig.Request.Rows * share);
        await using var classic = await LiveClassic.CreateAsync(rig, rows, sqlite, cancel);
        await using var clients = LiveClients.Start(classic);
        await using var migration = await LiveMigration.StartAsync(rig, classic.Classic, classic.Ultimate, cancel);
        var pauses = await FreezeAsync(rig, classic, clients, migration, cancel);
        await Task.Delay(Between, cancel);
        await clients.StopAsync();
        var cost = await migration.EndAsync(cancel);
        await using var ultimate = await rig.Server.OpenAsync(LiveClassic.UltimateDatabase, cancel);
        var audit = await WriteAudit.RunAsync(ultimate, clients.Journals, cancel);
        return [new BenchRow(row) { Ours = cost, Figures = Figures(rows, pauses, clients, audit) }];
    }

    // All freezes but the last give Classic its writes back; the last sends clients to Ultimate.
    private static async Task<IReadOnlyList<TimeSpan>> FreezeAsync(
        BenchRig rig, LiveClassic classic, LiveClients clients, LiveMigration migration, CancellationToken cancel)
    {
        var freezes = rig.Request.Scaled ? ScaledFreezes : FullFreezes;
        var pauses = new List<TimeSpan>();
        for (var freeze = 1; freeze <= freezes; freeze++)
        {
            await migration.DoAsync(LiveDialog.Follow, cancel);
            await Task.Delay(Between, cancel);
            var from = Stopwatch.GetTimestamp();
            await migration.DoAsync(LiveDialog.Hold, cancel);
            if (freeze < freezes)
            {
                await migration.DoAsync(LiveDialog.Release, cancel);
            }
            else
            {
                await migration.DoAsync(LiveDialog.Switch, cancel);
                classic.SwitchClients();
            }

            var to = Stopwatch.GetTimestamp();
            await clients.WrittenAfterAsync(to, cancel);
            pauses.Add(clients.Probe.LongestGap(from, to));
            rig.Log.Line(FormattableString.Invariant($"freeze {freeze} of {freezes}: write pause {pauses[^1].TotalMilliseconds:0} ms"));
        }

        return pauses;
    }

    private Dictionary<string, Figure> Figures(int rows, IReadOnlyList<TimeSpan> pauses, LiveClients clients, WriteAudit audit)
    {
        var milliseconds = pauses.Select(pause => pause.TotalMilliseconds).ToList();
        return new()
        {
            ["classicRows"] = new Figure(2.0 * rows, "jobs and media"),
            ["freezes"] = new Figure(pauses.Count, "freezes"),
            ["writePauseP50Ms"] = new Figure(Statistics.Percentile(milliseconds, 50), "ms"),
            ["writePauseP95Ms"] = new Figure(Statistics.Percentile(milliseconds, 95), "ms", boundMs),
            ["acknowledgedWrites"] = new Figure(audit.Acknowledged, "jobs", 1, AtLeast: true),
            ["acknowledgedByUltimate"] = new Figure(clients.Journals.Sum(journal => journal.OnUltimate), "jobs", 1, AtLeast: true),
            ["lostWrites"] = new Figure(audit.Lost, "jobs", 0),
            ["doubledWrites"] = new Figure(audit.Doubled, "jobs", 0),
            ["wrongWrites"] = new Figure(audit.Wrong, "jobs", 0),
            ["reads"] = new Figure(clients.Reads, "reads", 1, AtLeast: true),
            ["failedReads"] = new Figure(clients.FailedReads, "reads", 0),
        };
    }
}
