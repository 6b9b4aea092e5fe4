namespace Seidra.Cutover.Bench;

/// <summary>pgloader with the settings that made it fastest on two cores; it transforms nothing.</summary>
internal static class Pgloader
{
    private const string Target = "plain";

    private const string Settings =
        "with include drop, create tables, create indexes, reset sequences, workers = 4, concurrency = 1, prefetch rows = 10000, "
        + "batch rows = 25000, batch size = 20MB set work_mem to '64MB', maintenance_work_mem to '512MB', synchronous_commit to 'off'";

    /// <summary>The contestant.</summary>
    public static Contestant Contestant(BenchRig rig, PeerTool tool, string sqliteFile)
    {
        var load = Path.Combine(rig.Folder, "pgloader.load");
        File.WriteAllText(load, $"load database from sqlite://{sqliteFile} into {rig.Server.Url(Target)} {Settings};\n");
        return new Contestant($"pgloader {tool.Version}, tuned", $"pgloader LOADFILE ({Settings})", async cancel =>
        {
            await rig.Server.CreateAsync(Target, null, cancel);
            var command = new CommandLine(
                tool.Path!,
                ["--quiet", "--root-dir", Path.Combine(rig.Folder, "pgloader"), load],
                new Dictionary<string, string> { ["PGPASSWORD"] = rig.Server.Password },
                rig.Folder);
            var (cost, _) = await MeasuredProcess.RunAsync(command, cancel);
            await Arrival.CheckAsync(rig, Target, "jobs", "media", cancel);
            await rig.Server.DropAsync(Target, cancel);
            return new ContestantRun(cost);
        });
    }
}
