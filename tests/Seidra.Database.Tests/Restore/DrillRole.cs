namespace Seidra.Database.Tests.Restore;

/// <summary>A process that runs a restore drill, to be killed in it.</summary>
public static class DrillRole
{
    /// <summary>Arguments: backup directory, scratch URL. The password comes by standard input.</summary>
    public static async Task RunAsync(string[] args)
    {
        var scratch = DatabaseEndpoint.Parse(args[1], Console.ReadLine());
        Console.WriteLine("started");
        await RestoreDrill.RunAsync(args[0], scratch);
        Console.WriteLine("done");
    }
}
