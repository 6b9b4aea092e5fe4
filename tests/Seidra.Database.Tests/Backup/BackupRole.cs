namespace Seidra.Database.Tests.Backup;

/// <summary>A process that makes a backup and says when it is in the middle of it, to be killed there.</summary>
public static class BackupRole
{
    /// <summary>Arguments: URL, directory, and <c>stay</c> to wait for ever once in the middle. The password comes by standard input.</summary>
    public static async Task RunAsync(string[] args)
    {
        var source = DatabaseEndpoint.Parse(args[0], Console.ReadLine());
        await DatabaseBackup.CreateAsync(source, args[1], progress: (_, _) =>
        {
            Console.WriteLine("in the middle");
            if (args is [_, _, "stay"])
                Thread.Sleep(Timeout.Infinite);
        });
        Console.WriteLine("done");
    }
}
