namespace Seidra.Media.Tests.Checks;

public sealed class MediaCrossCheckTests
{
    [Test]
    public async Task Both_ways_are_compared()
    {
        var result = await MediaCrossCheck.RunAsync(["c", "a", "missing-2", "a", "missing-1"], Objects("a", "b", "c", "d"));
        Assert.That(result.Rows, Is.EqualTo(5));
        Assert.That(result.Objects, Is.EqualTo(4));
        Assert.That(result.Missing, Is.EqualTo(new[] { "missing-1", "missing-2" }));
        Assert.That(result.Orphaned, Is.EqualTo(new[] { "b", "d" }));
    }

    [Test]
    public async Task Many_are_counted_and_the_first_named()
    {
        var result = await MediaCrossCheck.RunAsync(
            Enumerable.Range(0, 3000).Select(i => $"row{i:d4}"), Objects([.. Enumerable.Range(0, 2500).Select(i => $"object{i:d4}")]));
        Assert.That((result.MissingCount, result.OrphanedCount), Is.EqualTo((3000L, 2500L)));
        Assert.That(result.Missing, Has.Count.EqualTo(1000));
        Assert.That(result.Orphaned, Has.Count.EqualTo(1000));
        Assert.That((result.Missing[0], result.Orphaned[999]), Is.EqualTo(("row0000", "object0999")));
    }

    [Test]
    public async Task Nothing_compared_is_zero_of_zero()
    {
        var result = await MediaCrossCheck.RunAsync([], Objects());
        Assert.That((result.Rows, result.Objects), Is.EqualTo((0L, 0L)));
    }

    private static IAsyncEnumerable<StoredObject> Objects(params string[] keys) =>
        keys.Select(key => new StoredObject(key, 1, null, null)).ToAsyncEnumerable();
}
