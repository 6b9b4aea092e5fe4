using Seidra.Media.Tests.Support;

namespace Seidra.Media.Tests.Sync;

[Parallelizable(ParallelScope.All)]
public sealed class MediaSyncTests
{
    private static readonly string[] Kinds = ["file to file", "file to s3", "s3 to file", "s3 to s3"];

    [TestCaseSource(nameof(Kinds))]
    public async Task Everything_is_copied_once_with_its_metadata(string kinds)
    {
        await using var pair = await StorePair.OpenAsync(kinds);
        var bytes = await FillAsync(pair.Source);
        var first = await pair.SyncAsync();
        Assert.That((first.Objects, first.Copied, first.Verified, first.Skipped, first.Changed), Is.EqualTo((44L, 44L, 44L, 0L, 0L)));
        Assert.That((first.Bytes, first.CopiedBytes, first.Gone.Count), Is.EqualTo((bytes, bytes, 0)));
        await pair.AssertEqualAsync();
        Assert.That((await pair.Target.MetadataAsync("rich.png")).Equals(TestObjects.Rich), Is.True);

        var second = await pair.SyncAsync();
        Assert.That((second.Copied, second.Skipped, second.Verified), Is.EqualTo((0L, 44L, 44L)));
        Assert.That(second.ManifestSha256, Is.EqualTo(first.ManifestSha256).And.EqualTo(await MediaManifest.Sha256Async(pair.Manifest)));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(pair.Manifest)!), Has.Length.EqualTo(1), "only the manifest stays");
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task New_changed_and_gone_objects_are_found(string kinds)
    {
        await using var pair = await StorePair.OpenAsync(kinds);
        await FillAsync(pair.Source);
        await pair.SyncAsync();
        await pair.Source.PutAsync("gallery/0001.png", "changed");
        await pair.Source.PutAsync("new/one.png", "new");
        await pair.Source.DeleteAsync("gallery/0002.png");

        var result = await pair.SyncAsync();
        Assert.That((result.Objects, result.Copied, result.Changed, result.Skipped), Is.EqualTo((44L, 2L, 1L, 42L)));
        Assert.That(result.Gone, Is.EqualTo(new[] { "gallery/0002.png" }));
        Assert.That(await pair.Target.HeadAsync("gallery/0002.png"), Is.Not.Null, "nothing is removed unless asked");

        var removing = await pair.SyncAsync(options => options with { DeleteGone = true });
        Assert.That((removing.Copied, removing.Gone.Count), Is.EqualTo((0L, 1)), "still known as gone, now removed");
        await pair.AssertEqualAsync();
        Assert.That((await pair.SyncAsync()).Gone, Is.Empty);
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task What_the_target_lost_or_others_changed_there_is_copied_again(string kinds)
    {
        await using var pair = await StorePair.OpenAsync(kinds);
        await FillAsync(pair.Source);
        await pair.SyncAsync();
        await pair.Target.DeleteAsync("gallery/0003.png");
        await pair.Target.PutAsync("gallery/0004.png", "tampered");

        var result = await pair.SyncAsync();
        Assert.That((result.Copied, result.Skipped), Is.EqualTo((2L, 42L)));
        await pair.AssertEqualAsync();
    }

    [Test]
    public async Task An_empty_source_gives_zero_objects_and_removes_nothing()
    {
        await using var pair = await StorePair.OpenAsync("s3 to file");
        Assert.That((await pair.SyncAsync()).Objects, Is.Zero);

        await pair.Source.PutAsync("k", "x");
        await pair.SyncAsync();
        await pair.Source.DeleteAsync("k");
        Assert.That(
            () => pair.SyncAsync(options => options with { DeleteGone = true }),
            Throws.TypeOf<MediaException>().With.Message.Contains("no object at all"));
        Assert.That(await pair.Target.TextAsync("k"), Is.EqualTo("x"));
    }

    [Test]
    public async Task A_gone_object_that_others_replaced_at_the_target_is_not_removed()
    {
        await using var pair = await StorePair.OpenAsync("file to file");
        await FillAsync(pair.Source);
        await pair.SyncAsync();
        await pair.Source.DeleteAsync("gallery/0005.png");
        await pair.Target.PutAsync("gallery/0005.png", "somebody else's");
        await pair.SyncAsync(options => options with { DeleteGone = true });
        Assert.That(await pair.Target.TextAsync("gallery/0005.png"), Is.EqualTo("somebody else's"));
    }

    [Test]
    public async Task Mapped_keys_lie_flat_and_stay_so([Values("s3 to file", "file to s3")] string kinds)
    {
        await using var pair = await StorePair.OpenAsync(kinds);
        await FillAsync(pair.Source);
        await pair.Source.PutAsync("other/0001.png", "the same base name");
        using var names = FlatNames.Open(pair.At("names"));
        var first = await pair.SyncAsync(options => options with { MapKey = names.NameFor });
        Assert.That(await pair.Target.KeysAsync(), Has.None.Contains("/").And.Count.EqualTo(45));
        Assert.That(await pair.Target.ContentsAsync(), Is.EqualTo(await pair.Source.ContentsAsync(names.NameFor)));

        var second = await pair.SyncAsync(options => options with { MapKey = names.NameFor });
        Assert.That((first.Copied, second.Copied, second.Skipped), Is.EqualTo((45L, 0L, 45L)));
    }

    [Test]
    public async Task Keys_that_a_directory_cannot_hold_are_kept_under_a_stand_in()
    {
        await using var pair = await StorePair.OpenAsync("s3 to file");
        string[] keys = ["/leading.png", "a", "a/b.png", "a//c.png", "../../etc/passwd", "folder/", "plain.png"];
        foreach (var key in keys)
        {
            await pair.Source.PutAsync(key, "of " + key);
        }

        Assert.That((await pair.SyncAsync()).Copied, Is.EqualTo(7));
        var entries = await MediaManifest.ReadAsync(pair.Manifest).ToListAsync();
        Assert.That(entries.Select(entry => entry.Key), Is.EqualTo(keys.Order(KeyOrder.Instance)));
        foreach (var entry in entries)
        {
            Assert.That(await pair.Target.TextAsync(entry.TargetKey), Is.EqualTo("of " + entry.Key));
        }

        Assert.That(entries.Single(entry => entry.Key == "../../etc/passwd").TargetKey, Does.Match("^_unplaceable/[0-9a-f]{64}$"));
        Assert.That((await pair.SyncAsync()).Copied, Is.Zero, "the stand-in is remembered");
    }

    [Test]
    public async Task Too_little_room_is_told_before_anything_is_written()
    {
        await using var pair = await StorePair.OpenAsync("s3 to file");
        await FillAsync(pair.Source);
        Assert.That(
            () => pair.SyncAsync(options => options with { FreeBytes = () => 100_000 }),
            Throws.TypeOf<MediaException>().With.Message.Contains("100000 bytes are free").And.Message.Contains("Nothing was copied"));
        Assert.That(Directory.Exists(pair.TargetFile("")), Is.False);
        await pair.SyncAsync();
        Assert.That((await pair.SyncAsync(options => options with { FreeBytes = () => 0 })).Copied, Is.Zero, "nothing new needs no room");
    }

    [Test]
    public async Task Progress_ends_with_all_objects_done()
    {
        await using var pair = await StorePair.OpenAsync("s3 to s3");
        await FillAsync(pair.Source);
        var reports = new List<(long Done, long Total)>();
        await pair.SyncAsync(options => options with { Progress = (done, total) => reports.Add((done, total)) });
        Assert.That(reports[^1], Is.EqualTo((44L, 44L)));
        Assert.That(reports.Select(report => report.Total), Has.All.EqualTo(44));
    }

    [Test]
    public async Task A_cancelled_sync_ends_and_goes_on_later()
    {
        await using var pair = await StorePair.OpenAsync("file to s3");
        await FillAsync(pair.Source);
        using var stop = new CancellationTokenSource();
        var options = pair.Options with { Parallelism = 1, Progress = (_, _) => stop.Cancel() };
        Assert.That(() => MediaSync.RunAsync(pair.Source, pair.Target, options, stop.Token), Throws.InstanceOf<OperationCanceledException>());
        await pair.SyncAsync();
        await pair.AssertEqualAsync();
    }

    // 44 objects: 40 small ones, and the sizes at which the way of copying changes.
    private static async Task<long> FillAsync(IObjectStore store)
    {
        var bytes = 0L;
        for (var i = 0; i < 40; i++)
        {
            bytes += (await store.PutAsync($"gallery/{i:d4}.png", TestObjects.Random(500 + i, i))).SizeBytes;
        }

        bytes += (await store.PutAsync("empty.json", [])).SizeBytes;
        bytes += (await store.PutAsync("rich.png", TestObjects.Random(5000, 100), TestObjects.Rich)).SizeBytes;
        bytes += (await store.PutAsync("buffered.webm", TestObjects.Random(BufferedObject.AtMost, 101))).SizeBytes;
        bytes += (await store.PutAsync("streamed.webm", TestObjects.Random(BufferedObject.AtMost + 1, 102))).SizeBytes;
        return bytes;
    }
}
