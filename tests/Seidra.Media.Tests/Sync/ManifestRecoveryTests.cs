using Seidra.Media.Tests.Support;

namespace Seidra.Media.Tests.Sync;

[Parallelizable(ParallelScope.All)]
public sealed class ManifestRecoveryTests
{
    [Test]
    public async Task A_torn_line_of_a_killed_run_costs_only_that_object()
    {
        await using var pair = await StorePair.OpenAsync("file to file");
        foreach (var key in (string[])["a", "b", "c"])
        {
            await pair.Source.PutAsync(key, "x");
        }

        await pair.SyncAsync();
        var manifest = await File.ReadAllBytesAsync(pair.Manifest);
        File.Delete(pair.Manifest);
        await File.WriteAllBytesAsync(pair.Manifest + ".partial", manifest[..^10]);
        await File.WriteAllTextAsync(pair.Manifest + ".boot", BootId.Current);
        var result = await pair.SyncAsync();
        Assert.That((result.Copied, result.Skipped), Is.EqualTo((1L, 2L)));
        Assert.That(await File.ReadAllBytesAsync(pair.Manifest), Has.Length.EqualTo(manifest.Length));
    }

    [Test]
    public async Task A_killed_catch_up_forgets_nothing_of_the_pass_before()
    {
        await using var pair = await StorePair.OpenAsync("file to file");
        foreach (var key in (string[])["a", "b", "c", "d"])
        {
            await pair.Source.PutAsync(key, "x");
        }

        await pair.SyncAsync();
        // The killed pass had got as far as 'b' and had left out 'a'.
        var lines = await File.ReadAllLinesAsync(pair.Manifest);
        await File.WriteAllTextAsync(pair.Manifest + ".partial", lines[1] + "\n");
        await File.WriteAllTextAsync(pair.Manifest + ".boot", BootId.Current);
        var result = await pair.SyncAsync();
        Assert.That((result.Copied, result.Skipped), Is.EqualTo((0L, 4L)));
    }

    [Test]
    public async Task After_a_power_cut_the_ledger_of_the_cut_run_is_not_believed()
    {
        await using var pair = await StorePair.OpenAsync("file to file");
        await pair.Source.PutAsync("a", "x");
        await pair.SyncAsync();
        File.Move(pair.Manifest, pair.Manifest + ".partial");
        await File.WriteAllTextAsync(pair.Manifest + ".boot", "an earlier boot");
        Assert.That((await pair.SyncAsync()).Copied, Is.EqualTo(1));
    }

    [Test]
    public async Task A_damaged_manifest_is_refused_by_line()
    {
        await using var pair = await StorePair.OpenAsync("file to file");
        await pair.Source.PutAsync("a", "x");
        await pair.Source.PutAsync("b", "x");
        await pair.SyncAsync();
        var lines = await File.ReadAllLinesAsync(pair.Manifest);
        await AssertDamagedAsync($"{lines[0]}\nrubbish\n", "line 2");
        await AssertDamagedAsync($"{lines[1]}\n{lines[0]}\n", "keys must rise");
        await AssertDamagedAsync($"{lines[0]}\n{lines[1]}", "cut off");

        async Task AssertDamagedAsync(string text, string says)
        {
            await File.WriteAllTextAsync(pair.Manifest, text);
            Assert.That(() => pair.SyncAsync(), Throws.TypeOf<MediaException>().With.Message.Contains(says).And.Message.Contains(pair.Manifest));
            Assert.That(async () => await MediaManifest.ReadAsync(pair.Manifest).CountAsync(), Throws.TypeOf<MediaException>().With.Message.Contains(says));
        }
    }

    [Test]
    public async Task A_line_keeps_every_field()
    {
        using var folder = new TempFolder();
        ManifestEntry[] entries =
        [
            new("a\"\\\n/é😀", "flat-é.png", long.MaxValue, "ab", "etag-1", null, DateTimeOffset.UnixEpoch.AddTicks(1), TestObjects.Rich, Gone: true),
            new("b", "b", 0, "cd", null, "t", null, ObjectMetadata.None),
        ];
        using (var file = new ManifestFile(folder.At("m")))
        {
            foreach (var entry in entries)
            {
                file.Write(entry);
            }

            Assert.That(file.Finish(), Has.Length.EqualTo(64));
        }

        var read = await MediaManifest.ReadAsync(folder.At("m")).ToListAsync();
        Assert.That(read[0].Equals(entries[0]) && read[1].Equals(entries[1]), Is.True, File.ReadAllText(folder.At("m")));
    }
}
