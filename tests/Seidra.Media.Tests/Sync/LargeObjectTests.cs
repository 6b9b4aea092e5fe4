using System.Diagnostics;
using System.Xml.Linq;
using Seidra.Media.Tests.Support;

namespace Seidra.Media.Tests.Sync;

[Parallelizable(ParallelScope.None)]
public sealed class LargeObjectTests
{
    private const long Size = 100L * 1024 * 1024 + 12_345;

    [Test]
    public async Task A_large_object_streams_part_by_part_in_bounded_memory()
    {
        await using var pair = await StorePair.OpenAsync("file to s3");
        await FillLargeAsync(pair.SourceFile("video.webm"));
        var before = Settled();
        var peak = before;
        using var watch = new Timer(_ => peak = Math.Max(peak, GC.GetTotalMemory(false)), null, 0, 20);
        var time = Stopwatch.StartNew();
        var result = await pair.SyncAsync();
        TestContext.Out.WriteLine($"100 MiB in {time.ElapsedMilliseconds} ms, {(peak - before) >> 20} MiB more memory");
        Assert.That((result.Copied, result.Verified, result.Bytes), Is.EqualTo((1L, 1L, Size)));
        Assert.That(peak - before, Is.LessThan(90L << 20), "four part buffers of 16 MiB, not the object");
        Assert.That((await pair.Target.HeadAsync("video.webm"))!.ETag, Does.EndWith("-7"), "seven parts");
        var verified = await MediaVerification.RunAsync(pair.Target, pair.Manifest, full: true);
        Assert.That(verified.Verified, Is.EqualTo(1));
        Assert.That((await pair.SyncAsync()).Copied, Is.Zero);
    }

    [Test]
    public async Task A_multipart_upload_that_fails_leaves_nothing_behind()
    {
        await using var pair = await StorePair.OpenAsync("file to s3");
        await pair.Target.EnsureReadyAsync();
        await using var source = new ShortStream(80L * 1024 * 1024);
        Assert.That(
            () => pair.Target.PutAsync("k", source, Size, ObjectMetadata.None),
            Throws.TypeOf<MediaObjectException>().With.Property("Failure").EqualTo(ObjectFailure.Changed));
        Assert.That(await pair.Target.KeysAsync(), Is.Empty);
        Assert.That(await UploadsAsync(pair.TargetUrl), Is.Empty, "no upload stays open");
    }

    private static async Task<List<XElement>> UploadsAsync(string url)
    {
        using var connection = new S3Connection(S3Target.From(TestS3.Server with { Url = url }), RetryPolicy.Default);
        using var response = await connection.SendAsync(new S3Request(HttpMethod.Get, null) { Query = [new("uploads", "")] }, default);
        var answer = XDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.That(answer.Root!.Name.LocalName, Is.EqualTo("ListMultipartUploadsResult"));
        return [.. answer.Descendants().Where(e => e.Name.LocalName == "Upload")];
    }

    private static async Task FillLargeAsync(string path)
    {
        await using var file = File.Create(path);
        var block = TestObjects.Random(1 << 20, 1);
        for (var left = Size; left > 0; left -= block.Length)
        {
            block[0]++;
            await file.WriteAsync(block.AsMemory(0, (int)Math.Min(block.Length, left)));
        }
    }

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(true);
    }

    private sealed class ShortStream(long length) : ReadOnlyStream
    {
        private long left = length;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = (int)Math.Min(left, buffer.Length);
            left -= read;
            return ValueTask.FromResult(read);
        }
    }
}
