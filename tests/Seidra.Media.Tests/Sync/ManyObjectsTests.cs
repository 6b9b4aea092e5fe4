using System.Diagnostics;
using Seidra.Media.Tests.Support;

namespace Seidra.Media.Tests.Sync;

/// <summary>The rehearsal's size: 5,000 objects in a directory. The limits are many times what an idle machine needs, so
/// that they fail for a wrong algorithm and not for a busy machine; the figures are printed.</summary>
[Parallelizable(ParallelScope.None)]
public sealed class ManyObjectsTests
{
    private const int Objects = 5000;

    [Test]
    public async Task Five_thousand_files_copy_in_seconds_and_catch_up_at_once([Values] bool flat)
    {
        await using var pair = await StorePair.OpenAsync("file to file");
        for (var i = 0; i < Objects; i++)
        {
            var path = pair.SourceFile($"{i % 11}/generated_{i:d6}.png");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, TestObjects.Random(16 * 1024, i));
        }

        using var names = FlatNames.Open(pair.At("names"));
        Task<MediaSyncResult> Sync() => pair.SyncAsync(options => flat ? options with { MapKey = names.NameFor } : options);
        var copy = Stopwatch.StartNew();
        var first = await Sync();
        copy.Stop();
        var passes = new List<double>();
        for (var pass = 0; pass < 5; pass++)
        {
            var watch = Stopwatch.StartNew();
            var result = await Sync();
            passes.Add(watch.Elapsed.TotalMilliseconds);
            Assert.That((result.Copied, result.Skipped), Is.EqualTo((0L, (long)Objects)));
        }

        TestContext.Out.WriteLine($"{(flat ? "flat" : "same keys")}: copy {copy.ElapsedMilliseconds} ms, catch-up passes {string.Join(", ", passes.Select(p => $"{p:0}"))} ms");
        Assert.That(first.Copied, Is.EqualTo(Objects));
        Assert.That(copy.Elapsed, Is.LessThan(TimeSpan.FromSeconds(300)));
        Assert.That(passes.Min(), Is.LessThan(1000));
    }
}
