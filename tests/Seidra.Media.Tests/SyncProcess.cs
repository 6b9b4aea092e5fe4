using System.Diagnostics;
using Seidra.Media.Tests.Support;

namespace Seidra.Media.Tests;

/// <summary>A sync in a process of its own, so that a test can kill it. Keys travel by the environment: they do not belong
/// on a command line.</summary>
internal static class SyncProcess
{
    public static async Task<int> Main(string[] args)
    {
        await using var source = Open(args[0]);
        await using var target = Open(args[1]);
        var options = new MediaSyncOptions { ManifestPath = args[2], Parallelism = 4, Progress = (done, _) => Console.WriteLine(done) };
        var result = await MediaSync.RunAsync(source, target, options);
        Console.WriteLine($"copied {result.Copied} of {result.Objects}");
        return 0;
    }

    public static Process Start(string source, string target, string manifest)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SyncProcess).Assembly.Location, source, target, manifest]) { RedirectStandardOutput = true };
        start.Environment["TEST_S3_ENDPOINT"] = TestS3.Server.Endpoint;
        start.Environment["TEST_S3_ACCESS_KEY"] = TestS3.Server.AccessKey;
        start.Environment["TEST_S3_SECRET_KEY"] = TestS3.Server.SecretKey;
        return Process.Start(start)!;
    }

    private static IObjectStore Open(string url) => ObjectStores.Open(new MediaEndpoint(
        url, Get("TEST_S3_ENDPOINT"), null, Get("TEST_S3_ACCESS_KEY"), Get("TEST_S3_SECRET_KEY")));

    private static string? Get(string name) => Environment.GetEnvironmentVariable(name);
}
