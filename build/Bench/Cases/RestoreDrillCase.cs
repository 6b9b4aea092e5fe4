namespace Seidra.Cutover.Bench;

/// <summary>The restore drill beside the backup that it proves, and beside the plain dump that a person would make.</summary>
internal sealed class RestoreDrillCase : IBenchCase
{
    private const string Row = "restore-drill";
    private const string Scratch = "drill";

    /// <inheritdoc/>
    public IReadOnlyList<string> RowNames { get; } = [Row];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRig rig, IReadOnlyCollection<string> wanted, CancellationToken cancel)
    {
        var classic = rig.Server.Url(await rig.PostgresClassicAsync(rig.Request.Rows, cancel));
        var folder = PostgresTools.Fresh(rig, "backup");
        var backup = new Contestant("our backup", $"--measure={Measures.Backup}", async ct =>
        {
            await rig.Server.ExecuteAsync("postgres", "CHECKPOINT", ct);
            return new ContestantRun((await MeasuredProcess.RunAsync(rig.Ours(Measures.Backup, classic, backup: PostgresTools.Fresh(rig, "backup")), ct)).Cost);
        });
        var drill = new Contestant("our drill", $"--measure={Measures.Drill}", async ct =>
        {
            await rig.Server.DropAsync(Scratch, ct);
            await rig.Server.ExecuteAsync("postgres", "CHECKPOINT", ct);
            return new ContestantRun((await MeasuredProcess.RunAsync(rig.Ours(Measures.Drill, classic, rig.Server.Url(Scratch), folder), ct)).Cost);
        });

        // The drill needs the backup: no turns about who begins.
        var rounds = new List<IReadOnlyDictionary<Contestant, ContestResult>>();
        Contestant[] contestants = [backup, drill];
        for (var round = 0; round < rig.Request.Repeat; round++)
        {
            rounds.Add(await Contest.RunAsync(contestants, 1, rig.Log, cancel));
        }

        if (rounds.SelectMany(round => round.Values).FirstOrDefault(result => result.Failure is not null) is { } failed)
        {
            return [new BenchRow(Row) { Bound = new Ratio(2.5), Failed = true, Reason = failed.Failure }];
        }

        Cost Median(Contestant contestant) => Cost.Median([.. rounds.Select(round => round[contestant].Cost!)]);
        return
        [
            new BenchRow(Row)
            {
                Ours = Median(drill),
                Peer = new PeerCost("the backup that it proves", "./build.sh --target=BackupDatabase", Median(backup)),
                Bound = new Ratio(2.5),
            },
        ];
    }
}
