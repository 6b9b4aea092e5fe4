using Seidra.Media.Tests.Support;

namespace Seidra.Media.Tests.Checks;

[Parallelizable(ParallelScope.All)]
public sealed class MediaVerificationTests
{
    [Test]
    public async Task Damage_at_the_far_side_is_found([Values("file to file", "file to s3")] string kinds)
    {
        await using var pair = await StorePair.OpenAsync(kinds);
        for (var i = 0; i < 10; i++)
        {
            await pair.Source.PutAsync($"{i}.png", TestObjects.Random(2000, i));
        }

        await pair.SyncAsync();
        foreach (var full in (bool[])[false, true])
        {
            var whole = await MediaVerification.RunAsync(pair.Target, pair.Manifest, full);
            Assert.That((whole.Objects, whole.Bytes, whole.Verified, whole.DifferentCount), Is.EqualTo((10L, 20_000L, 10L, 0L)));
        }

        var damaged = TestObjects.Random(2000, 3);
        damaged[1000] ^= 1;
        await pair.Target.PutAsync("3.png", damaged);
        await pair.Target.DeleteAsync("5.png");
        await pair.Target.PutAsync("7.png", "short");
        foreach (var full in (bool[])[false, true])
        {
            var result = await MediaVerification.RunAsync(pair.Target, pair.Manifest, full);
            Assert.That((result.Verified, result.DifferentCount), Is.EqualTo((7L, 3L)));
            Assert.That(result.Differences[0], Does.StartWith("3.png: "));
            Assert.That(result.Differences[1], Is.EqualTo("5.png: missing"));
            Assert.That(result.Differences[2], Does.StartWith("7.png: expected"));
        }
    }

    [Test]
    public async Task Bits_that_rot_without_a_trace_are_found_by_reading_all()
    {
        await using var pair = await StorePair.OpenAsync("file to file");
        await pair.Source.PutAsync("k", TestObjects.Random(5000, 1));
        await pair.SyncAsync();
        var time = File.GetLastWriteTimeUtc(pair.TargetFile("k"));
        await using (var file = File.OpenWrite(pair.TargetFile("k")))
        {
            file.Position = 2500;
            file.WriteByte(0);
            file.WriteByte(0);
        }

        File.SetLastWriteTimeUtc(pair.TargetFile("k"), time);
        Assert.That((await MediaVerification.RunAsync(pair.Target, pair.Manifest, full: false)).DifferentCount, Is.Zero);
        var result = await MediaVerification.RunAsync(pair.Target, pair.Manifest, full: true);
        Assert.That(result.Differences, Has.Count.EqualTo(1).And.One.Contains("expected SHA-256"));
    }

    [Test]
    public async Task Lost_metadata_is_found_by_reading_all()
    {
        await using var pair = await StorePair.OpenAsync("s3 to s3");
        await pair.Source.PutAsync("k", "x", TestObjects.Rich);
        await pair.SyncAsync();
        await pair.Target.PutAsync("k", "x", TestObjects.Rich with { CacheControl = null });
        Assert.That((await MediaVerification.RunAsync(pair.Target, pair.Manifest, full: true)).Differences, Has.One.Contains("metadata"));
    }

    [Test]
    public async Task A_missing_manifest_is_named()
    {
        using var folder = new TempFolder();
        await using var store = new FileObjectStore(folder.Root);
        Assert.That(
            () => MediaVerification.RunAsync(store, folder.At("none.jsonl"), full: true),
            Throws.TypeOf<MediaException>().With.Message.Contains("none.jsonl"));
    }
}
