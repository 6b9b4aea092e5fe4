namespace Seidra.Database.Tests.Migration;

/// <summary>A migration in a process of its own. Arguments: source URL, target URL, rows per chunk; the password comes by standard input.</summary>
internal static class MigrationRole
{
    public static async Task RunAsync(string[] arguments)
    {
        var password = Console.ReadLine();
        var (source, target) = (DatabaseEndpoint.Parse(arguments[0], password), DatabaseEndpoint.Parse(arguments[1], password));
        var plan = await MigrationPlanner.PlanAsync(source, Seidra.Database.SchemaMap.Default);
        var options = new MigrationOptions
        {
            MapMediaPath = path => $"/srv/media/{path.Split('/')[^1]}",
            Bulk = new BulkTuning { ChunkRows = int.Parse(arguments[2]) },
            Progress = (done, _) => Console.WriteLine($"rows {done}"),
        };
        await DatabaseMigration.RunAsync(source, target, plan, options);
        Console.WriteLine("done");
    }
}
