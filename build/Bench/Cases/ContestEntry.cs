namespace Seidra.Cutover.Bench;

/// <summary>A row that compares ours with a peer.</summary>
/// <param name="Row">The row's name.</param>
/// <param name="Ours">Ours.</param>
/// <param name="Peer">The peer; <c>null</c> where it is not to be had.</param>
/// <param name="Missing">Why there is no peer.</param>
/// <param name="Bound">The greatest quotients allowed.</param>
internal sealed record ContestEntry(string Row, Contestant Ours, Contestant? Peer, string? Missing, Ratio Bound)
{
    /// <summary>Runs all contestants of the entries in turns and fills their rows.</summary>
    public static async Task<IReadOnlyList<BenchRow>> RunAsync(IReadOnlyList<ContestEntry> entries, BenchRig rig, CancellationToken cancel)
    {
        Contestant[] contestants = [.. entries.SelectMany(entry => new[] { entry.Peer, entry.Ours }).OfType<Contestant>().Distinct()];
        var results = await Contest.RunAsync(contestants, rig.Request.Repeat, rig.Log, cancel);
        return [.. entries.Select(entry => entry.Fill(results))];
    }

    private BenchRow Fill(IReadOnlyDictionary<Contestant, ContestResult> results)
    {
        var ours = results[Ours];
        var peer = Peer is null ? null : results[Peer];
        return new BenchRow(Row)
        {
            Ours = ours.Cost,
            Peer = peer?.Cost is { } cost ? new PeerCost(Peer!.Name, Peer.Command, cost) : null,
            Bound = Bound,
            Reason = ours.Failure ?? peer?.Failure ?? Missing,
            Failed = ours.Failure is not null,
            Figures = Figures(ours),
        };
    }

    // Point 4 of the database's promises: comparing all rows costs at most 35 % of the copy.
    private static Dictionary<string, Figure> Figures(ContestResult ours) =>
        ours.Failure is null && ours.Figure("verifyS") is { } verify and > 0
            ? new() { ["verifyPerCopy"] = new Figure(verify / ours.Figure("copyS")!.Value, "ratio", 0.35) }
            : [];
}
