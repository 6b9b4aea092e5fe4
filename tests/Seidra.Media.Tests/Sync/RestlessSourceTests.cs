using Seidra.Media.Tests.Support;

namespace Seidra.Media.Tests.Sync;

/// <summary>Classic serves while the bulk is copied: objects change, come and go under the reader.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RestlessSourceTests
{
    private static readonly RetryPolicy Quick = new(5, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20));

    [Test]
    public async Task An_object_deleted_between_listing_and_reading_is_no_error()
    {
        await using var pair = await StorePair.OpenAsync("file to file");
        await pair.Source.PutAsync("a", "x");
        await pair.Source.PutAsync("b", "x");
        var source = new HookedStore(pair.Source, key => { if (key == "b") File.Delete(pair.SourceFile("b")); });
        var result = await MediaSync.RunAsync(source, pair.Target, pair.Options, Quick, default);
        Assert.That((result.Objects, result.Copied), Is.EqualTo((1L, 1L)));
        await pair.AssertEqualAsync();
    }

    [Test]
    public async Task An_object_that_changes_once_while_it_is_read_is_read_again([Values(100, 3_000_000)] int size)
    {
        await using var pair = await StorePair.OpenAsync("file to file");
        await pair.Source.PutAsync("k", TestObjects.Random(size, 1));
        var changes = 0;
        var source = new HookedStore(pair.Source, _ => { }, _ =>
        {
            if (changes++ == 0)
            {
                File.AppendAllText(pair.SourceFile("k"), "grown");
            }
        });
        var result = await MediaSync.RunAsync(source, pair.Target, pair.Options, Quick, default);
        Assert.That(result.Bytes, Is.EqualTo(size + 5));
        await pair.AssertEqualAsync();
        Assert.That((await pair.SyncAsync()).Copied, Is.Zero, "the manifest knows the object that was read");
    }

    [Test]
    public async Task An_object_that_never_rests_is_reported_and_the_others_are_safe()
    {
        await using var pair = await StorePair.OpenAsync("file to s3");
        foreach (var key in (string[])["a", "b", "c"])
        {
            await pair.Source.PutAsync(key, "x");
        }

        var source = new HookedStore(pair.Source, _ => { }, key =>
        {
            if (key == "b")
            {
                File.AppendAllText(pair.SourceFile("b"), "more");
            }
        });
        var error = Assert.CatchAsync<MediaException>(() => MediaSync.RunAsync(source, pair.Target, pair.Options, Quick, default))!;
        Assert.That(error.Problems, Has.Count.EqualTo(1).And.One.Contains("b grew while it was read"));
        Assert.That(await pair.Target.KeysAsync(), Is.EqualTo(new[] { "a", "c" }));
        Assert.That(File.Exists(pair.Manifest), Is.False, "a manifest vouches for whole passes only");

        var second = await pair.SyncAsync();
        Assert.That((second.Copied, second.Skipped), Is.EqualTo((1L, 2L)), "only what was missing is copied");
        await pair.AssertEqualAsync();
    }

    [Test]
    public async Task A_file_rewritten_within_one_tick_of_the_clock_is_copied_again()
    {
        await using var pair = await StorePair.OpenAsync("file to file");
        await pair.Source.EnsureReadyAsync();
        for (var round = 0; round < 5; round++)
        {
            await File.WriteAllTextAsync(pair.SourceFile("k"), $"first {round}");
            await pair.SyncAsync();
            await File.WriteAllTextAsync(pair.SourceFile("k"), $"again {round}");
            await pair.SyncAsync();
            Assert.That(await pair.Target.TextAsync("k"), Is.EqualTo($"again {round}"));
        }
    }

    [Test]
    public async Task Objects_the_target_refuses_are_all_named_at_once()
    {
        await using var pair = await StorePair.OpenAsync("file to file");
        foreach (var key in (string[])["a", "b", "c"])
        {
            await pair.Source.PutAsync(key, "x");
        }

        var error = Assert.CatchAsync<MediaException>(() => pair.SyncAsync(options => options with { MapKey = key => key == "b" ? key : "../" + key }))!;
        Assert.That(error.Problems, Has.Count.EqualTo(2));
        Assert.That(error.Message, Does.StartWith("2 object(s) could not be copied; 1 are safe"));
    }
}
