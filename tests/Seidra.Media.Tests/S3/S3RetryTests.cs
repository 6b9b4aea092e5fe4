using Seidra.Media.Tests.Support;

namespace Seidra.Media.Tests.S3;

[Parallelizable(ParallelScope.All)]
public sealed class S3RetryTests
{
    [Test]
    public async Task A_stumbling_server_is_asked_again([Values("503", "reset", "cut")] string fault)
    {
        using var folder = new TempFolder();
        await using var source = await TestS3.NewBucketAsync();
        var bytes = TestObjects.Random(300_000, 5);
        await source.PutAsync("k", bytes);
        await using var relay = new FaultyRelay(fault, times: 3);
        await using var stumbling = ObjectStores.Open(TestS3.Endpoint(source.Display.Split(' ')[1]) with { Endpoint = relay.Endpoint });
        await using var target = new FileObjectStore(folder.At("out"));
        var result = await MediaSync.RunAsync(stumbling, target, new MediaSyncOptions { ManifestPath = folder.At("m.jsonl"), Parallelism = 2 });
        Assert.That(result.Copied, Is.EqualTo(1));
        Assert.That(relay.Left, Is.Zero, "all faults were met");
        Assert.That(await target.ReadAsync("k"), Is.EqualTo(bytes));
    }

    [Test]
    public async Task A_server_that_always_stumbles_is_given_up_with_its_answer()
    {
        await using var relay = new FaultyRelay("503", times: int.MaxValue);
        var quick = new RetryPolicy(3, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(5));
        await using var store = new S3ObjectStore(S3Target.From(TestS3.Endpoint("any-bucket") with { Endpoint = relay.Endpoint }), quick);
        Assert.That(async () => await store.KeysAsync(), Throws.TypeOf<MediaException>().With.Message.Contains("503 SlowDown"));
        Assert.That(int.MaxValue - relay.Left, Is.EqualTo(3), "attempts");
    }

    [Test]
    public void Waits_grow_stay_bounded_and_heed_the_server()
    {
        var policy = RetryPolicy.Default;
        for (var attempt = 1; attempt < 12; attempt++)
        {
            var ceiling = Math.Min(5000, 100 * Math.Pow(2, attempt - 1));
            Assert.That(policy.DelayAfter(attempt).TotalMilliseconds, Is.InRange(ceiling / 2, ceiling));
        }

        Assert.That(policy.DelayAfter(1, TimeSpan.FromSeconds(2)), Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(policy.DelayAfter(1, TimeSpan.FromHours(1)), Is.EqualTo(TimeSpan.FromSeconds(5)));
    }
}
