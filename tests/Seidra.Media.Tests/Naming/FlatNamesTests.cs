using System.Text;
using Seidra.Media.Tests.Support;

namespace Seidra.Media.Tests.Naming;

public sealed class FlatNamesTests
{
    private readonly TempFolder folder = new();

    private string Ledger => folder.At(TestContext.CurrentContext.Test.ID);

    [OneTimeTearDown]
    public void Clean() => folder.Dispose();

    [Test]
    public void The_first_key_keeps_its_base_name_and_others_get_their_own()
    {
        using var names = FlatNames.Open(Ledger);
        Assert.That(names.NameFor("gallery/a.png"), Is.EqualTo("a.png"));
        Assert.That(names.NameFor("thumbs/a.png"), Does.Match("^a-[0-9a-f]{8}\\.png$"));
        Assert.That(names.NameFor("thumbs/A.PNG"), Does.Match("^A-[0-9a-f]{8}\\.PNG$"), "names differing in case only collide on some file systems");
        Assert.That(names.NameFor("gallery/a.png"), Is.EqualTo("a.png"), "asked again");
        Assert.That(names.Count, Is.EqualTo(3));
    }

    [Test]
    public void Names_stay_over_passes_whatever_the_order()
    {
        string[] keys = [.. Enumerable.Range(0, 500).Select(i => $"folder{i % 50}/file{i / 50}.png")];
        Dictionary<string, string> first;
        using (var names = FlatNames.Open(Ledger))
        {
            first = keys.ToDictionary(key => key, names.NameFor);
        }

        using var again = FlatNames.Open(Ledger);
        Assert.That(keys.Reverse().ToDictionary(key => key, again.NameFor), Is.EqualTo(first));
        Assert.That(first.Values, Is.Unique);
        Assert.That(again.TryGet("folder1/file1.png", out var name) && name == first["folder1/file1.png"], Is.True);
        Assert.That(again.TryGet("never/asked.png", out _), Is.False);
    }

    [Test]
    public void Names_are_unique_when_many_threads_ask()
    {
        using var names = FlatNames.Open(Ledger);
        var given = new System.Collections.Concurrent.ConcurrentDictionary<string, string>();
        Parallel.For(0, 4000, i => given[$"d{i % 400}/same.png"] = names.NameFor($"d{i % 400}/same.png"));
        Assert.That(given.Values, Is.Unique);
        Assert.That(given, Has.Count.EqualTo(400));
    }

    [TestCase("a/")]
    [TestCase("a/..")]
    [TestCase("a/.hidden")]
    [TestCase("a/x?y#z%41.png")]
    [TestCase("a/new\nline.png")]
    [TestCase("a/back\\slash.png")]
    [TestCase("a/ blanks ")]
    public void A_name_never_trips_file_systems_or_urls(string key)
    {
        using var names = FlatNames.Open(Ledger);
        var name = names.NameFor(key);
        Assert.That(name, Does.Not.Match("[\\x00-\\x1f/\\\\?#%]").And.Not.StartsWith(".").And.Match("-[0-9a-f]{8}"));
    }

    [Test]
    public void A_long_name_is_shortened_and_keeps_its_extension()
    {
        using var names = FlatNames.Open(Ledger);
        var name = names.NameFor("a/" + new string('é', 400) + ".webm");
        Assert.That(Encoding.UTF8.GetByteCount(name), Is.LessThanOrEqualTo(240));
        Assert.That(name, Does.Match("^é+-[0-9a-f]{8}\\.webm$"));
    }

    [Test]
    public void A_line_cut_off_by_a_kill_is_dropped_and_written_over()
    {
        using (var names = FlatNames.Open(Ledger))
        {
            names.NameFor("x/a.png");
        }

        File.AppendAllText(Ledger, "[\"y/b.png\",\"b");
        using (var names = FlatNames.Open(Ledger))
        {
            Assert.That(names.TryGet("y/b.png", out _), Is.False);
            names.NameFor("z/c.png");
        }

        using var last = FlatNames.Open(Ledger);
        Assert.That(last.Count, Is.EqualTo(2));
    }

    [TestCase("rubbish\n")]
    [TestCase("[\"a\"]\n")]
    [TestCase("[\"a\",\"n\"]\n[\"b\",\"n\"]\n", TestName = "One name twice")]
    public void A_damaged_ledger_is_refused_by_line(string text)
    {
        File.WriteAllText(Ledger, text);
        Assert.That(() => FlatNames.Open(Ledger), Throws.TypeOf<MediaException>().With.Message.Contains("line"));
    }
}
