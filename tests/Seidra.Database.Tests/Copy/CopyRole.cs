using System.Globalization;

namespace Seidra.Database.Tests.Copy;

/// <summary>A bulk copy in a process of its own. Arguments: source URL, target URL, rows per chunk; the password comes by standard input.</summary>
internal static class CopyRole
{
    public static async Task RunAsync(string[] arguments)
    {
        var password = Console.ReadLine();
        var (source, target) = (DatabaseEndpoint.Parse(arguments[0], password), DatabaseEndpoint.Parse(arguments[1], password));
        var plan = await MigrationPlanner.PlanAsync(source, Seidra.Database.SchemaMap.Default);
        var options = CopyStage.OptionsOf(CopyStage.Tuning with { ChunkRows = int.Parse(arguments[2], CultureInfo.InvariantCulture) }) with
        {
            Progress = (done, _) => Console.WriteLine($"rows {done}"),
        };
        Console.WriteLine("begins");
        await BulkCopy.RunAsync(source, target, plan, options);
        Console.WriteLine("done");
    }
}
