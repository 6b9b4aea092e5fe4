using NUnit.Framework.Constraints;
using Seidra.Media.Tests.Support;

namespace Seidra.Media.Tests.Files;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FileObjectStoreTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly FileObjectStore store;

    private static IResolveConstraint Refused =>
        Throws.TypeOf<MediaObjectException>().With.Property("Failure").EqualTo(ObjectFailure.UnusableKey);

    private static IResolveConstraint IsALink => Throws.TypeOf<MediaObjectException>().With.Message.Contains("symbolic link");

    public FileObjectStoreTests() => store = new FileObjectStore(folder.At("media"));

    public void Dispose() => folder.Dispose();

    [SetUp]
    public Task PrepareAsync() => store.EnsureReadyAsync();

    [Test]
    public async Task Objects_come_back_and_list_in_the_order_of_their_bytes()
    {
        string[] keys = ["a-1", "a/b", "a/c/d", "aa", "b", "é", "\uE000", "😀", "with space+%20.png", new string('n', 255)];
        foreach (var key in keys.Reverse())
        {
            var stored = await store.PutAsync(key, "of " + key);
            Assert.That(stored.Proven, Is.True);
            Assert.That(stored with { Proven = false }, Is.EqualTo(await store.HeadAsync(key)));
        }

        Assert.That(await store.KeysAsync(), Is.EqualTo(keys.Order(KeyOrder.Instance)));
        Assert.That(await store.KeysAsync("a/"), Is.EqualTo(new[] { "a/b", "a/c/d" }));
        Assert.That(await store.KeysAsync("a/c"), Is.EqualTo(new[] { "a/c/d" }));
        foreach (var key in keys)
        {
            Assert.That(await store.TextAsync(key), Is.EqualTo("of " + key));
        }
    }

    [TestCase("../../etc/passwd")]
    [TestCase("a/../../b")]
    [TestCase("..")]
    [TestCase("a/./b")]
    [TestCase("/etc/passwd")]
    [TestCase("a//b")]
    [TestCase("a/")]
    [TestCase("")]
    [TestCase("a\0b")]
    [TestCase(".seidra-meta/objects/x")]
    [TestCase(".Seidra-Meta/x")]
    public void A_key_that_a_directory_cannot_hold_is_refused_everywhere(string key)
    {
        Assert.That(async () => await store.PutAsync(key, "x"), Refused);
        Assert.That(async () => await store.OpenReadAsync(key), Refused);
        Assert.That(async () => await store.HeadAsync(key), Refused);
        Assert.That(async () => await store.DeleteAsync(key), Refused);
    }

    [Test]
    public async Task Links_are_never_followed()
    {
        Directory.CreateDirectory(folder.At("outside"));
        File.WriteAllText(folder.At("outside", "secret"), "secret");
        Directory.CreateSymbolicLink(folder.At("media", "link"), folder.At("outside"));
        File.CreateSymbolicLink(folder.At("media", "file"), folder.At("outside", "secret"));

        Assert.That(async () => await store.OpenReadAsync("file"), IsALink);
        Assert.That(async () => await store.OpenReadAsync("link/secret"), IsALink);
        Assert.That(async () => await store.PutAsync("link/new", "x"), IsALink);
        Assert.That(await store.HeadAsync("file"), Is.Null);
        Assert.That(async () => await store.KeysAsync(), Throws.TypeOf<MediaException>().With.Message.Contains("symbolic link"));
        Assert.That(Directory.GetFiles(folder.At("outside")), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_link_in_the_place_of_the_object_is_replaced_not_written_through()
    {
        File.WriteAllText(folder.At("precious"), "precious");
        File.CreateSymbolicLink(folder.At("media", "k"), folder.At("precious"));
        await store.PutAsync("k", "new");
        Assert.That(File.ReadAllText(folder.At("precious")), Is.EqualTo("precious"));
        Assert.That(await store.TextAsync("k"), Is.EqualTo("new"));
    }

    [Test]
    public async Task The_directory_itself_may_be_a_link()
    {
        Directory.CreateSymbolicLink(folder.At("alias"), folder.At("media"));
        var alias = new FileObjectStore(folder.At("alias"));
        await alias.PutAsync("a/b", "x");
        Assert.That(await store.TextAsync("a/b"), Is.EqualTo("x"));
    }

    [Test]
    public async Task Metadata_is_kept_and_hidden_from_the_listing()
    {
        await store.PutAsync("rich.png", "x", TestObjects.Rich);
        await store.PutAsync("plain.png", "x");
        Assert.That((await store.MetadataAsync("rich.png")).Equals(TestObjects.Rich), Is.True);
        Assert.That(await store.MetadataAsync("plain.png"), Has.Property("ContentType").EqualTo("image/png"));
        Assert.That(await store.KeysAsync(), Is.EqualTo(new[] { "plain.png", "rich.png" }));

        await store.PutAsync("rich.png", "x", new ObjectMetadata { ContentType = "image/png" });
        Assert.That((await store.MetadataAsync("rich.png")).User, Is.Empty, "the older object's metadata is gone");
        await store.DeleteAsync("rich.png");
        Assert.That(await store.HeadAsync("rich.png"), Is.Null);
    }

    [Test]
    public async Task A_write_that_fails_leaves_the_older_object_and_no_leftovers()
    {
        await store.PutAsync("k", "older");
        Assert.That(
            async () => await store.PutAsync("k", new MemoryStream(new byte[10]), 11, ObjectMetadata.None),
            Throws.TypeOf<MediaObjectException>().With.Property("Failure").EqualTo(ObjectFailure.Changed));
        Assert.That(await store.TextAsync("k"), Is.EqualTo("older"));
        Assert.That(Directory.GetFiles(folder.At("media", ".seidra-meta", "tmp")), Is.Empty);
    }

    [Test]
    public async Task What_killed_runs_left_is_removed_and_what_living_ones_write_is_not()
    {
        var temporary = folder.At("media", ".seidra-meta", "tmp");
        await File.WriteAllTextAsync(Path.Combine(temporary, $"{int.MaxValue}-dead-1"), "x");
        await File.WriteAllTextAsync(Path.Combine(temporary, "1-living-1"), "x");
        await store.EnsureReadyAsync();
        Assert.That(Directory.GetFiles(temporary).Select(Path.GetFileName), Is.EqualTo(new[] { "1-living-1" }));
    }

    [Test]
    public async Task A_file_and_a_folder_of_one_name_are_told()
    {
        await store.PutAsync("a", "x");
        Assert.That(async () => await store.PutAsync("a/b", "x"), Refused);
        Assert.That(async () => await store.PutAsync("a/b/c", "x"), Refused);
        await store.PutAsync("d/e", "x");
        Assert.That(async () => await store.PutAsync("d", "x"), Refused);
    }

    [Test]
    public async Task A_file_that_changes_while_it_is_read_is_noticed([Values] bool sameSize)
    {
        await store.PutAsync("k", new byte[300_000]);
        await using var content = await store.OpenReadAsync("k");
        await content.Stream.ReadExactlyAsync(new byte[1000]);
        await using (var file = File.OpenWrite(folder.At("media", "k")))
        {
            file.Position = sameSize ? 0 : 300_000;
            file.WriteByte(1);
        }

        Assert.That(
            async () => await content.Stream.CopyToAsync(Stream.Null),
            Throws.TypeOf<MediaObjectException>().With.Property("Failure").EqualTo(ObjectFailure.Changed));
    }

    [Test]
    public async Task What_is_not_there_is_said_so()
    {
        Assert.That(await store.HeadAsync("no/such"), Is.Null);
        Assert.That(
            async () => await store.OpenReadAsync("no/such"),
            Throws.TypeOf<MediaObjectException>().With.Property("Failure").EqualTo(ObjectFailure.Vanished));
        Assert.That(async () => await store.DeleteAsync("no/such"), Throws.Nothing);
    }

    [Test]
    public async Task A_directory_that_is_not_there_is_named()
    {
        await using var missing = new FileObjectStore(folder.At("missing"));
        Assert.That(async () => await missing.KeysAsync(), Throws.TypeOf<MediaException>().With.Message.Contains(folder.At("missing")));
    }

    [Test]
    public async Task A_directory_that_cannot_be_made_is_named()
    {
        File.WriteAllText(folder.At("file"), "x");
        await using var impossible = new FileObjectStore(folder.At("file", "below"));
        Assert.That(() => impossible.EnsureReadyAsync(), Throws.TypeOf<MediaException>().With.Message.Contains("cannot be used"));
    }

    [Test]
    public async Task Free_space_is_told_also_before_the_directory_exists()
    {
        await using var future = new FileObjectStore(folder.At("not", "yet"));
        Assert.That(future.FreeBytes, Is.GreaterThan(0));
    }

    [Test]
    public async Task Flushing_succeeds_for_few_for_many_and_for_everything()
    {
        await store.PutAsync("one", "x", TestObjects.Rich);
        await store.FlushAsync();
        for (var i = 0; i < 50; i++)
        {
            await store.PutAsync($"many/{i}", "x");
        }

        await store.FlushAsync();
        await store.FlushAsync(everything: true);
        Assert.That(await store.KeysAsync(), Has.Count.EqualTo(51));
    }
}
