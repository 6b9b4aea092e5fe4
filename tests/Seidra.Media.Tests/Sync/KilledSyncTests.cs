using System.Globalization;
using Seidra.Media.Tests.Support;

namespace Seidra.Media.Tests.Sync;

/// <summary>SIGKILL in the middle, then the same call again.</summary>
[Parallelizable(ParallelScope.None)]
public sealed class KilledSyncTests
{
    [Test]
    public async Task A_killed_sync_goes_on_and_both_sides_end_equal(
        [Values("file to file", "file to s3", "s3 to file", "s3 to s3")] string kinds)
    {
        const int Objects = 1500;
        await using var pair = await StorePair.OpenAsync(kinds);
        await Parallel.ForEachAsync(Enumerable.Range(0, Objects), async (i, _) =>
            await pair.Source.PutAsync($"gallery/{i % 7}/{i:d5}.png", TestObjects.Random(2000, i)));

        // Three kills in a row, each further on; the last run is left to end.
        long[] at = [Objects / 5, Objects / 2, Objects * 4 / 5];
        foreach (var done in at)
        {
            await RunAndKillAsync(pair, done);
            Assert.That(File.Exists(pair.Manifest), Is.False, "no manifest before all is done");
            Assert.That(File.Exists(pair.Manifest + ".partial"), Is.True, "the killed run left its ledger");
        }

        var result = await pair.SyncAsync();
        TestContext.Out.WriteLine($"{kinds}: {result.Copied} of {Objects} were left to copy");
        Assert.That(result.Objects, Is.EqualTo(Objects));
        Assert.That(result.Skipped, Is.GreaterThan(0), "work of the killed runs was kept");
        await pair.AssertEqualAsync();
        Assert.That((await pair.SyncAsync()).Copied, Is.Zero);
        var verified = await MediaVerification.RunAsync(pair.Target, pair.Manifest, full: true);
        Assert.That((verified.Objects, verified.Verified), Is.EqualTo(((long)Objects, (long)Objects)));
    }

    private static async Task RunAndKillAsync(StorePair pair, long done)
    {
        using var process = SyncProcess.Start(pair.SourceUrl, pair.TargetUrl, pair.Manifest);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (long.TryParse(line, CultureInfo.InvariantCulture, out var reported) && reported >= done)
            {
                break;
            }
        }

        process.Kill();
        await process.WaitForExitAsync();
    }
}
