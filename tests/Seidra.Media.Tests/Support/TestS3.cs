namespace Seidra.Media.Tests.Support;

/// <summary>The S3 server of this test run.</summary>
internal static class TestS3
{
    private static MediaEndpoint? server;
    private static int buckets;

    public static MediaEndpoint Server => server ?? throw new InvalidOperationException("the S3 server has not been started");

    public static void Use(MediaEndpoint endpoint) => server = endpoint;

    public static string NewBucketName() => $"test-{Interlocked.Increment(ref buckets)}-{Guid.NewGuid():N}"[..24];

    public static MediaEndpoint Endpoint(string bucket) => Server with { Url = $"s3://{bucket}" };

    /// <summary>Opens a store over a new, empty bucket.</summary>
    public static async Task<S3ObjectStore> NewBucketAsync(int pageSize = 1000)
    {
        var store = new S3ObjectStore(S3Target.From(Endpoint(NewBucketName())), pageSize: pageSize);
        await store.EnsureReadyAsync();
        return store;
    }
}
