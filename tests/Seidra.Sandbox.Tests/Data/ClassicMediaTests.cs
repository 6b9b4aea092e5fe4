using System.Diagnostics;
using System.Security.Cryptography;
using Minio.DataModel.Args;
using Seidra.Sandbox.Data;
using Seidra.Sandbox.Machines;

namespace Seidra.Sandbox.Tests.Data;

public sealed class ClassicMediaTests
{
    private string directory = "";

    [SetUp]
    public void MakeDirectory() => directory = Directory.CreateTempSubdirectory("seidra-media-").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(directory, recursive: true);

    [Test]
    public void Five_thousand_objects_of_all_kinds_are_written_in_seconds_at_most()
    {
        var watch = Stopwatch.StartNew();
        var inventory = ClassicData.CreateMedia(directory);
        TestContext.Out.WriteLine($"5,000 objects in {watch.ElapsedMilliseconds} ms");
        Assert.That(watch.Elapsed.TotalSeconds, Is.LessThan(300));
        var files = new DirectoryInfo(directory).GetFiles("*", SearchOption.AllDirectories);
        Assert.That(files, Has.Length.EqualTo(5_000));
        Assert.That(inventory, Is.EqualTo(new MediaInventory(5_000, files.Sum(file => file.Length))));
        Assert.That(files.Count(file => file.Length == 0), Is.EqualTo(1));
        Assert.That(files.Count(file => file.Length > 1 << 20), Is.EqualTo(3));
        Assert.That(
            Directory.GetDirectories(directory).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "audio", "avatars", "images", "thumbnails", "video_assets", "video_proxies", "videos", "waveforms" }));
        var image = File.ReadAllBytes(files.First(file => file.Extension == ".png" && file.Length > 0).FullName);
        Assert.That(image[..8], Is.EqualTo(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }));
    }

    [Test]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others_under_the_same_names()
    {
        var digests = new[] { 1, 1, 2 }.Select((seed, index) =>
        {
            var place = Path.Combine(directory, $"{index}");
            ClassicData.CreateMedia(place, objects: 60, seed: seed);
            return Digests(place);
        }).ToList();
        Assert.That(digests[1], Is.EqualTo(digests[0]));
        Assert.That(digests[2].Keys, Is.EqualTo(digests[0].Keys));
        Assert.That(digests[2].Values, Is.Not.EqualTo(digests[0].Values));
    }

    [Test]
    public async Task A_bucket_gets_every_object_with_its_bytes_and_its_type()
    {
        var media = Path.Combine(directory, "media");
        ClassicData.CreateMedia(media, objects: 600);
        await using var server = await LocalS3.StartAsync(Path.Combine(directory, "s3"));
        var told = new List<long>();
        var watch = Stopwatch.StartNew();
        await ClassicData.UploadMediaAsync(media, server, "seidra-media", objects: 600, (done, _) => told.Add(done));
        TestContext.Out.WriteLine($"600 objects in {watch.ElapsedMilliseconds} ms");
        Assert.That(told, Does.Contain(600L));

        using var client = server.Client();
        var stored = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var item in client.ListObjectsEnumAsync(new ListObjectsArgs().WithBucket("seidra-media").WithRecursive(true)))
            stored.Add(Uri.UnescapeDataString(item.Key), item.ETag.Trim('"'));
        Assert.That(stored, Is.EqualTo(Digests(media)));
        var video = await client.StatObjectAsync(new StatObjectArgs().WithBucket("seidra-media").WithObject("videos/sadtalker_1700001220060_0.mp4"));
        Assert.That(video.ContentType, Is.EqualTo("video/mp4"));
    }

#pragma warning disable CA5351 // not for secrecy
    // MD5 because S3 gives it as the ETag of an object put in one part.
    private static SortedDictionary<string, string> Digests(string place) => new(
        Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(place, file), file => Convert.ToHexStringLower(MD5.HashData(File.ReadAllBytes(file)))),
        StringComparer.Ordinal);
#pragma warning restore CA5351
}
