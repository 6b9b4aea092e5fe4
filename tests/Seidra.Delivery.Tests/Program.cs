namespace Seidra.Delivery.Tests;

/// <summary>The program that tests start and kill to see what outlives it.</summary>
internal static class Program
{
    /// <summary>Starts the service of the service file, says so, and stays until killed.</summary>
    /// <param name="arguments">Service file, working folder, then the command.</param>
    public static async Task Main(string[] arguments)
    {
        await new ProcessRuntime(arguments[0], "survivor", arguments[2..], arguments[1]).StartAsync();
        Console.WriteLine("started");
        await Task.Delay(Timeout.Infinite);
    }
}
