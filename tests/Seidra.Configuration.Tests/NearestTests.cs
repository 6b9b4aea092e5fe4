namespace Seidra.Configuration.Tests;

public class NearestTests
{
    private static readonly string[] Words = ["database", "media", "url", "freeze", "accessKey"];

    [TestCase("databse", "database")]
    [TestCase("adtabase", "database")]
    [TestCase("databasee", "database")]
    [TestCase("DATABASE", "database")]
    [TestCase("accesskey", "accessKey")]
    [TestCase("ulr", "url")]
    [TestCase("uri", "url")]
    [TestCase("frezee", "freeze")]
    [TestCase("x", null)]
    [TestCase("", null)]
    [TestCase("password", null)]
    [TestCase("completely different", null)]
    public void The_nearest_word_is_found_or_none(string word, string? nearest) => Assert.That(Nearest.Of(word, Words), Is.EqualTo(nearest));

    [Test]
    public void A_swap_of_neighbours_counts_as_one_change() => Assert.That(Nearest.Of("ab", ["ba", "xb"]), Is.EqualTo("ba"));

    [Test]
    public void An_endless_word_costs_nothing() => Assert.That(Nearest.Of(new string('a', 10_000_000), Words), Is.Null);
}
