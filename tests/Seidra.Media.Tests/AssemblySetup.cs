using Seidra.Media.Tests.Support;
using Seidra.Sandbox.Machines;

[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(3)]

namespace Seidra.Media.Tests;

/// <summary>One S3 server (Ceph's RADOS Gateway) for all tests.</summary>
[SetUpFixture]
public sealed class AssemblySetup
{
    private readonly TempFolder folder = new();
    private LocalS3? server;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        server = await LocalS3.StartAsync(folder.At("s3"), TestContext.Progress.WriteLine);
        TestS3.Use(new MediaEndpoint("s3://unused", server.Endpoint, server.Region, server.AccessKey, server.SecretKey));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        folder.Dispose();
    }
}
