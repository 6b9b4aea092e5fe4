namespace Seidra.Cutover.Bench;

/// <summary>PostgreSQL's own tools and pgcopydb as contestants. Two jobs each: the machine that the bounds were set on has two cores.</summary>
internal static class PostgresTools
{
    private const string Target = "plain";

    /// <summary>pg_dump into a folder, then pg_restore.</summary>
    public static Contestant DumpRestore(BenchRig rig, PeerTool dump, PeerTool restore, string classic) =>
        new($"pg_dump + pg_restore {dump.Version}", "pg_dump -Fd -j2 -f DIR -d CLASSIC && pg_restore -j2 -d PLAIN DIR", async cancel =>
        {
            var folder = Fresh(rig, "dump");
            await rig.Server.CreateAsync(Target, null, cancel);
            var (dumping, _) = await MeasuredProcess.RunAsync(Command(rig, dump, "-Fd", "-j2", "-f", folder, "-d", classic), cancel);
            var (restoring, _) = await MeasuredProcess.RunAsync(Command(rig, restore, "-j2", "-d", rig.Server.Url(Target), folder), cancel);
            await FinishAsync(rig, folder, cancel);
            return new ContestantRun(dumping.Then(restoring));
        });

    /// <summary>pgcopydb.</summary>
    public static Contestant Pgcopydb(BenchRig rig, PeerTool tool, string classic) =>
        new($"pgcopydb {tool.Version}", "pgcopydb clone --source CLASSIC --target PLAIN --table-jobs 2 --index-jobs 2", async cancel =>
        {
            var folder = Fresh(rig, "pgcopydb");
            await rig.Server.CreateAsync(Target, null, cancel);
            var (cost, _) = await MeasuredProcess.RunAsync(
                Command(rig, tool, "clone", "--source", classic, "--target", rig.Server.Url(Target), "--table-jobs", "2", "--index-jobs", "2", "--dir", folder), cancel);
            await FinishAsync(rig, folder, cancel);
            return new ContestantRun(cost);
        });

    /// <summary>A tool on the suite's server, which gives it the password by a file.</summary>
    public static CommandLine Command(BenchRig rig, PeerTool tool, params string[] arguments) =>
        new(tool.Path!, arguments, new Dictionary<string, string> { ["PGPASSFILE"] = rig.Server.PassFile }, rig.Folder);

    /// <summary>A folder's path at which nothing lies.</summary>
    public static string Fresh(BenchRig rig, string name)
    {
        var folder = Path.Combine(rig.Folder, name);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return folder;
    }

    private static async Task FinishAsync(BenchRig rig, string folder, CancellationToken cancel)
    {
        await Arrival.CheckAsync(rig, Target, "jobs", "media", cancel);
        await rig.Server.DropAsync(Target, cancel);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
