namespace Seidra.Database.Tests.InPlace;

/// <summary>A process that migrates in place and stops just before its commit, to be killed there.</summary>
public static class InPlaceRole
{
    /// <summary>Argument: the URL. The password comes by standard input.</summary>
    public static async Task RunAsync(string[] args)
    {
        var classic = DatabaseEndpoint.Parse(args[0], args[0].StartsWith("sqlite", StringComparison.Ordinal) ? null : Console.ReadLine());
        await InPlaceMigration.ApplyAsync(
            classic,
            new InPlaceOptions(),
            () =>
            {
                Console.WriteLine("in the middle");
                Thread.Sleep(Timeout.Infinite);
            },
            CancellationToken.None);
    }
}
