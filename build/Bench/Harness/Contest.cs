namespace Seidra.Cutover.Bench;

/// <summary>Runs contestants in turns, so that what else the machine does meets them all alike.</summary>
internal static class Contest
{
    /// <summary>Runs each <paramref name="rounds"/> times; who begins changes from round to round.</summary>
    /// <returns>The results, or for a contestant that failed, why; the others go on without it.</returns>
    public static async Task<IReadOnlyDictionary<Contestant, ContestResult>> RunAsync(
        IReadOnlyList<Contestant> contestants, int rounds, BenchLog log, CancellationToken cancel)
    {
        var runs = contestants.ToDictionary(contestant => contestant, _ => new List<ContestantRun>());
        var failures = new Dictionary<Contestant, string>();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var contestant in contestants.Skip(round % contestants.Count).Concat(contestants.Take(round % contestants.Count)))
            {
                if (failures.ContainsKey(contestant))
                {
                    continue;
                }

                try
                {
                    var run = await contestant.RunAsync(cancel);
                    runs[contestant].Add(run);
                    log.Line(FormattableString.Invariant(
                        $"{contestant.Name}, run {round + 1} of {rounds}: {run.Cost.WallS:0.0} s, client CPU {run.Cost.ClientCpuS:0.0} s, {run.Cost.RssMb:0} MB; load {string.Join(' ', Machine.Load())}"));
                }
                catch (BenchException error)
                {
                    failures[contestant] = error.Message;
                    log.Line($"{contestant.Name}: {error.Message}");
                }
            }
        }

        return contestants.ToDictionary(
            contestant => contestant, contestant => new ContestResult(runs[contestant], failures.GetValueOrDefault(contestant)));
    }
}

/// <summary>What a contestant's runs came to.</summary>
/// <param name="Runs">Its runs.</param>
/// <param name="Failure">Why it did not finish; <c>null</c> where it did.</param>
internal sealed record ContestResult(IReadOnlyList<ContestantRun> Runs, string? Failure)
{
    /// <summary>The medians; <c>null</c> where it failed.</summary>
    public Cost? Cost => Failure is null ? Bench.Cost.Median([.. Runs.Select(run => run.Cost)]) : null;

    /// <summary>The median of a value that it told; <c>null</c> where it failed.</summary>
    public double? Figure(string name) => Failure is null ? Statistics.Median(Runs.Select(run => run.Figures[name])) : null;
}
