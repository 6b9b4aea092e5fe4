using System.Text.Json;

namespace Seidra.Cutover.Bench;

/// <summary>Ours as a contestant: a whole migration into an empty database.</summary>
internal static class Migrations
{
    private const string Target = "ours";

    /// <summary>The contestant.</summary>
    /// <param name="rig">Server and data.</param>
    /// <param name="classic">Classic's URL.</param>
    /// <param name="verify">Whether all rows are compared too.</param>
    public static Contestant Ours(BenchRig rig, string classic, bool verify)
    {
        var part = verify ? Measures.MigrateVerified : Measures.Migrate;
        return new Contestant($"ours ({part})", $"./build.sh --target=Bench --suite=database --measure={part}", async cancel =>
        {
            await rig.Server.CreateAsync(Target, null, cancel);
            var (cost, last) = await MeasuredProcess.RunAsync(rig.Ours(part, classic, rig.Server.Url(Target)), cancel);
            await Arrival.CheckAsync(rig, Target, "generation_jobs", "media_items", cancel);
            await rig.Server.DropAsync(Target, cancel);
            var told = JsonSerializer.Deserialize<Dictionary<string, double>>(last!)!;
            return new ContestantRun(cost, told);
        });
    }
}
