using Seidra.Media.Tests.Support;

namespace Seidra.Media.Tests.S3;

[Parallelizable(ParallelScope.All)]
public sealed class S3ObjectStoreTests
{
    [Test]
    public async Task Odd_keys_name_the_objects_they_should()
    {
        await using var store = await TestS3.NewBucketAsync(pageSize: 7);
        foreach (var key in OddKeys.All)
        {
            await store.PutAsync(key, "content of " + key);
        }

        Assert.That(await store.KeysAsync(), Is.EqualTo(OddKeys.All.Order(KeyOrder.Instance)), "listed, over several pages, in order");
        foreach (var key in OddKeys.All)
        {
            Assert.That(await store.TextAsync(key), Is.EqualTo("content of " + key), key);
            Assert.That((await store.HeadAsync(key))?.Key, Is.EqualTo(key));
        }

        foreach (var key in OddKeys.All)
        {
            await store.DeleteAsync(key);
        }

        Assert.That(await store.KeysAsync(), Is.Empty);
    }

    [Test]
    public async Task A_listing_of_more_than_one_page_is_whole()
    {
        await using var store = await TestS3.NewBucketAsync();
        var keys = Enumerable.Range(0, 1203).Select(i => $"gallery/{i:d5} é.png").ToList();
        await Parallel.ForEachAsync(keys, async (key, _) => await store.PutAsync(key, "x"));
        Assert.That(await store.KeysAsync(), Is.EqualTo(keys));
        Assert.That(await store.KeysAsync("gallery/0000"), Has.Count.EqualTo(10));
        Assert.That(await store.KeysAsync("nothing"), Is.Empty);
    }

    [Test]
    public async Task A_listing_that_is_left_early_ends()
    {
        await using var store = await TestS3.NewBucketAsync(pageSize: 2);
        foreach (var key in (string[])["a", "b", "c", "d", "e"])
        {
            await store.PutAsync(key, "x");
        }

        Assert.That(await store.ListAsync().Select(o => o.Key).FirstAsync(), Is.EqualTo("a"));
    }

    [Test]
    public async Task All_metadata_comes_back_as_it_was_put()
    {
        await using var store = await TestS3.NewBucketAsync();
        await store.PutAsync("rich", TestObjects.Random(100, 1), TestObjects.Rich);
        // NUnit compares members; the record's own equality is what is meant.
        Assert.That((await store.MetadataAsync("rich")).Equals(TestObjects.Rich), Is.True, $"{await store.MetadataAsync("rich")}");
        Assert.That((await store.MetadataAsync("rich")).User, Is.EqualTo(new Dictionary<string, string>
        {
            ["author"] = "Zoé Noël 🎨",
            ["empty"] = "",
            ["note"] = "two  blanks; a=b, c%20+d",
        }));
    }

    [Test]
    public async Task Metadata_that_would_smuggle_in_a_header_is_refused()
    {
        await using var store = await TestS3.NewBucketAsync();
        var metadata = new ObjectMetadata { User = new Dictionary<string, string> { ["a"] = "x\r\nx-amz-acl: public-read" } };
        Assert.That(async () => await store.PutAsync("a", "x", metadata), Throws.TypeOf<MediaObjectException>().With.Message.Contains("line break"));
        Assert.That(await store.KeysAsync(), Is.Empty);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(3_000_000)]
    public async Task Bytes_come_back_and_the_server_confirmed_them(int size)
    {
        await using var store = await TestS3.NewBucketAsync();
        var bytes = TestObjects.Random(size, 3);
        var stored = await store.PutAsync("k", bytes);
        Assert.That(stored.Proven, Is.True);
        Assert.That(stored.ETag, Is.EqualTo((await store.HeadAsync("k"))!.ETag).And.EqualTo((await store.ListAsync().FirstAsync()).ETag));
        Assert.That(await store.ReadAsync("k"), Is.EqualTo(bytes));
    }

    [Test]
    public async Task A_source_that_gives_another_length_fails_and_leaves_nothing([Values(90, 110)] int given)
    {
        await using var store = await TestS3.NewBucketAsync();
        var content = new MemoryStream(TestObjects.Random(given, 1));
        Assert.That(
            async () => await store.PutAsync("k", content, 100, ObjectMetadata.None),
            Throws.TypeOf<MediaObjectException>().With.Property("Failure").EqualTo(ObjectFailure.Changed));
        Assert.That(await store.HeadAsync("k"), Is.Null);
    }

    [Test]
    public async Task What_is_not_there_is_said_so()
    {
        await using var store = await TestS3.NewBucketAsync();
        Assert.That(await store.HeadAsync("no/such"), Is.Null);
        Assert.That(
            async () => await store.OpenReadAsync("no/such"),
            Throws.TypeOf<MediaObjectException>().With.Property("Failure").EqualTo(ObjectFailure.Vanished));
        Assert.That(async () => await store.DeleteAsync("no/such"), Throws.Nothing);
    }

    [Test]
    public async Task EnsureReady_creates_a_missing_bucket_once()
    {
        await using var store = ObjectStores.Open(TestS3.Endpoint(TestS3.NewBucketName()));
        await store.EnsureReadyAsync();
        await store.PutAsync("k", "x");
        await store.EnsureReadyAsync();
        Assert.That(await store.KeysAsync(), Is.EqualTo(new[] { "k" }));
    }
}
