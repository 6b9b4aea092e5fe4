using Seidra.Sandbox.Machines;

namespace Seidra.Sandbox.Tests.Machines;

/// <summary>The process that the leash tests kill: it starts one server, says where, and waits.</summary>
internal static class LeashedServer
{
    public static async Task<int> Main(string[] args)
    {
        Console.WriteLine(args switch
        {
            ["postgres", var directory] => $"port {(await LocalPostgres.StartAsync(directory)).Port}",
            ["s3", var directory] => $"port {new Uri((await LocalS3.StartAsync(directory)).Endpoint).Port}",
            _ => throw new ArgumentException("Expected: postgres|s3 DIRECTORY"),
        });
        await Task.Delay(Timeout.Infinite);
        return 0;
    }
}
