using System.Text.Json.Nodes;

namespace Seidra.Reporting.Tests;

/// <summary>Numbers, times and sizes as each language writes them; words that agree with their number.</summary>
[TestFixture]
public sealed class FigureTests
{
    private const string Thin = "\u202f";
    private const string Fixed = "\u00a0";

    [TestCase(0, "0", "0")]
    [TestCase(999, "999", "999")]
    [TestCase(20143, "20,143", "20" + Thin + "143")]
    [TestCase(1234567.5, "1,234,567.5", "1" + Thin + "234" + Thin + "567,5")]
    [TestCase(87.354, "87.35", "87,35")]
    [TestCase(-1500, "-1,500", "-1" + Thin + "500")]
    public void Numbers(double number, string english, string french) =>
        Assert.That(new[] { Figure.Number(number, "en"), Figure.Number(number, "fr") }, Is.EqualTo(new[] { english, french }));

    [TestCase(0, "0_ms", "0_ms")]
    [TestCase(0.4, "<_1_ms", "<_1_ms")]
    [TestCase(412.4, "412_ms", "412_ms")]
    [TestCase(999.6, "1.0_s", "1,0_s")]
    [TestCase(1550, "1.6_s", "1,6_s")]
    [TestCase(59_940, "59.9_s", "59,9_s")]
    [TestCase(59_960, "1_min 00_s", "1_min 00_s")]
    [TestCase(119_600, "2_min 00_s", "2_min 00_s")]
    [TestCase(3_725_000, "1_h 02_min", "1_h 02_min")]
    [TestCase(90_000_000, "25_h 00_min", "25_h 00_min")]
    public void Durations(double milliseconds, string english, string french)
    {
        var span = TimeSpan.FromMilliseconds(milliseconds);
        Assert.That(
            new[] { Figure.Duration(span, "en"), Figure.Duration(span, "fr") },
            Is.EqualTo(new[] { english.Replace("_", Fixed), french.Replace("_", Thin) }));
    }

    [TestCase(0, "0_B", "0_o")]
    [TestCase(1023, "1,023_B", "1.023_o")]
    [TestCase(1024, "1.0_KiB", "1,0_Kio")]
    [TestCase(171_966_464, "164.0_MiB", "164,0_Mio")]
    [TestCase(5e15, "4,547.5_TiB", "4.547,5_Tio")]
    public void Sizes(double bytes, string english, string french) =>
        Assert.That(
            new[] { Figure.Size(bytes, "en"), Figure.Size(bytes, "fr") },
            Is.EqualTo(new[] { english.Replace("_", Fixed), french.Replace("_", Thin).Replace(".", Thin) }));

    [TestCase("pauseMs", "412", "412" + Fixed + "ms")]
    [TestCase("bytes", "2048", "2.0" + Fixed + "KiB")]
    [TestCase("sizeBytes", "2048", "2.0" + Fixed + "KiB")]
    [TestCase("rows", "2048", "2,048")]
    [TestCase("at", "\"2026-11-23T11:00:00+02:00\"", "2026-11-23 09:00:00 UTC")]
    [TestCase("at", "\"noon\"", "noon")]
    [TestCase("by", "\"2026-11-23T11:00:00Z\"", "2026-11-23T11:00:00Z")]
    [TestCase("newAccepted", "true", "true")]
    [TestCase("problems", "[\"a\"]", "[\"a\"]")]
    [TestCase("revision", "null", "?")]
    public void The_name_of_a_figure_gives_its_unit(string name, string json, string shown) =>
        Assert.That(Figure.Show(name, JsonNode.Parse(json), "en"), Is.EqualTo(shown));

    [TestCase(0, "en", "0 objects")]
    [TestCase(1, "en", "1 object")]
    [TestCase(2, "en", "2 objects")]
    [TestCase(0, "fr", "0 objet")]
    [TestCase(1, "fr", "1 objet")]
    [TestCase(2, "fr", "2 objets")]
    public void Words_agree_with_their_number(long objects, string language, string shown) =>
        Assert.That(Text.Fill("Evidence.SyncMedia", new JsonObject { ["objects"] = objects }, language), Does.StartWith(shown));

    [Test]
    public void A_figure_that_is_missing_shows_as_a_question_mark() =>
        Assert.That(Text.Fill("Evidence.CloneUltimate", [], "en"), Is.EqualTo("commit ?, ? files"));

    [Test]
    public void A_text_that_is_missing_shows_its_key() => Assert.That(Text.Of("No.Such", "fr"), Is.EqualTo("No.Such"));
}
