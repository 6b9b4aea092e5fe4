using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Seidra.Reporting.Tests;

/// <summary>The page is whole, inert, complete in both languages and usable by everybody.</summary>
[TestFixture]
public sealed partial class HtmlReportTests
{
    private static readonly XNamespace None = XNamespace.None;

    private static IEnumerable<string> Languages => Text.Languages;

    [TestCaseSource(nameof(Languages))]
    public void The_page_names_its_language(string language)
    {
        var page = HtmlReport.Render(Sample.Finished(), language);

        Assert.That(page, Does.StartWith($"<!DOCTYPE html>\n<html lang=\"{language}\">"));
        Assert.That(Parse(page).Root!.Element(None + "head")!.Element(None + "title")!.Value, Is.EqualTo(Text.Of("Report.Title", language)));
    }

    [TestCaseSource(nameof(Languages))]
    public void The_page_loads_nothing_and_runs_nothing(string language)
    {
        var page = Parse(HtmlReport.Render(Sample.Finished(), language));
        string[] loading = ["src", "href", "srcset", "action", "data", "poster", "background", "formaction", "ping"];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(page), Has.None.AnyOf("script", "link", "iframe", "img", "object", "embed", "base", "form", "audio", "video"));
            Assert.That(page.Descendants().Attributes().Select(attribute => attribute.Name.LocalName), Has.None.AnyOf(loading).And.None.StartsWith("on"));
            Assert.That(page.Descendants("style").Single().Value, Does.Not.Contain("url(").And.Not.Contain("@import"));
            Assert.That(page.Descendants("meta").Attributes("content").Select(content => content.Value), Has.Some.StartsWith("default-src 'none'"));
        }
    }

    [TestCaseSource(nameof(Languages))]
    public void Hostile_text_is_only_text(string language)
    {
        var page = Parse(HtmlReport.Render(Hostile.Report(), language));
        var texts = page.Descendants().Where(element => !element.HasElements && element.Name != "style").Select(element => element.Value).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(page), Has.None.AnyOf("script", "img", "b"));
            Assert.That(page.Descendants("style").Count(), Is.EqualTo(1));
            Assert.That(texts.Count(text => text.Contains("<script>alert('x')</script>", StringComparison.Ordinal)), Is.GreaterThanOrEqualTo(8));
            Assert.That(texts, Has.Some.Contains("&lt;b&gt;"), "text that looks escaped stays as it was");
            Assert.That(texts, Has.None.Contains("\u001b"));
        }
    }

    [Test]
    public void Every_attribute_and_text_passes_the_escape()
    {
        var page = new Seidra.Reporting.Html.HtmlPage(new Wording("en"));
        using (page.In("p", ("title", Hostile.Text)))
        {
            page.Text(Hostile.Text);
        }

        var paragraph = XElement.Parse(page.ToString(), LoadOptions.PreserveWhitespace);
        Assert.That(paragraph.HasElements, Is.False);
        Assert.That(paragraph.Attributes().Select(attribute => attribute.Name.LocalName), Is.EqualTo(new[] { "title" }));
        Assert.That(paragraph.Value, Is.EqualTo(PlainText.Printable(Hostile.Text)));
    }

    [TestCase("en", "fr")]
    [TestCase("fr", "en")]
    public void The_page_speaks_one_language(string language, string other)
    {
        var (own, foreign) = (TextFile.Of(language), TextFile.Of(other));
        var texts = Spoken(Parse(HtmlReport.Render(Sample.Finished(), language)));
        var slips = foreign.Where(text => own[text.Key] != text.Value)
            .Select(text => (text.Key, Pattern: Pattern(text.Value)))
            .Where(text => text.Pattern is not null && texts.Any(spoken => text.Pattern.IsMatch(spoken)))
            .Select(text => text.Key);

        Assert.That(slips, Is.Empty);
    }

    [TestCaseSource(nameof(Languages))]
    public void No_key_shows_instead_of_its_text(string language)
    {
        foreach (var report in new[] { Sample.Finished(), Sample.Of(_ => { }), Hostile.Report() })
        {
            foreach (var form in new[] { HtmlReport.Render(report, language), MarkdownReport.Render(report, language), ChecklistText.Render(report, language, 100, color: false) })
            {
                Assert.That(Key().Match(form).Value, Is.Empty);
            }
        }
    }

    [TestCaseSource(nameof(Languages))]
    public void Every_table_heads_its_columns_and_rows(string language)
    {
        var tables = Parse(HtmlReport.Render(Sample.Finished(), language)).Descendants("table").ToList();

        Assert.That(tables, Has.Count.EqualTo(6));
        Assert.That(tables.Select(table => table.Element("thead")!.Descendants("th").Attributes("scope").All(scope => scope.Value == "col")), Is.All.True);
        Assert.That(tables.SelectMany(table => table.Element("tbody")!.Elements("tr")).Select(row => row.Elements("th").Single().Attribute("scope")!.Value), Is.All.EqualTo("row"));
        Assert.That(tables.Descendants("th").Attributes("scope").Count(), Is.EqualTo(tables.Descendants("th").Count()));
    }

    [Test]
    public void A_status_is_never_told_by_colour_alone()
    {
        var badges = Parse(HtmlReport.Render(Sample.Finished(), "en")).Descendants("span").Where(span => Style(span).StartsWith("badge ", StringComparison.Ordinal)).ToList();

        Assert.That(badges, Has.Count.GreaterThan(23));
        Assert.That(badges.Select(badge => badge.Elements("span").Last().Value), Is.All.AnyOf("passed", "pending"));
    }

    [Test]
    public void The_banners_stand_only_where_they_are_true()
    {
        var rehearsal = Sample.Finished();
        var real = rehearsal with { Facts = new ReportFacts("0.1.0", "settings", StandInQuality: false) };

        Assert.That(Notices(rehearsal), Has.Length.EqualTo(2).And.Some.StartsWith("⚠\nRehearsal").And.Some.Contains("stand-in"));
        Assert.That(Notices(real), Is.Empty);
    }

    [Test]
    public void The_big_figures_are_the_measured_ones() =>
        Assert.That(Cards(Sample.Finished()), Is.EqualTo(new[]
        {
            "card plain|Write pause|412\u00a0ms|downtime: 38\u00a0ms",
            "card good|Failed requests|0|of 8,412 requests",
            "card good|Lost writes|0|of 4,206 acknowledged writes",
            "card good|Rows migrated|21,247|of 21,306; 59 quarantined",
            "card plain|Objects|5,000|164.0\u00a0MiB",
        }));

    [Test]
    public void What_was_not_measured_is_never_shown_as_zero() =>
        Assert.That(Cards(Sample.Of(_ => { })).Select(card => card.Split('|', 3)[2]), Is.All.EqualTo("—|not measured"));

    [Test]
    public void A_lost_write_is_red()
    {
        var report = Sample.Of(journal => journal.Fact("probe", new { requests = 2, failed = 1, acknowledgedWrites = 1, lostWrites = 1 }));

        Assert.That(Cards(report), Has.Some.StartsWith("card bad|Lost writes|1").And.Some.StartsWith("card bad|Failed requests|1"));
    }

    [Test]
    public void The_timeline_shows_every_step_and_the_write_pause()
    {
        var timeline = Parse(HtmlReport.Render(Sample.Finished(), "en")).Descendants("table").Single(table => Style(table) == "timeline");
        var bars = timeline.Element("tbody")!.Elements("tr").ToDictionary(row => row.Descendants("code").Single().Value, row => row.Descendants("span").Select(Style).ToList());

        Assert.That(bars, Has.Count.EqualTo(Sample.Map.Select(line => line.Step).Distinct().Count()));
        Assert.That(bars["CatchUp"], Has.Member("bar passed").And.Member("freeze").And.Member("held").And.Member("cut"));
        Assert.That(bars["SignReport"], Has.Member("bar pending"));
    }

    private static XDocument Parse(string page)
    {
        using var reader = XmlReader.Create(new StringReader(page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }

    private static IEnumerable<string> Names(XDocument page) => page.Descendants().Select(element => element.Name.LocalName);

    private static string Style(XElement element) => (string?)element.Attribute("class") ?? "";

    private static string[] Notices(MigrationReport report) =>
        [.. Parse(HtmlReport.Render(report, "en")).Descendants("p").Where(element => Style(element) == "notice").Select(element => element.Value.Trim())];

    private static string[] Cards(MigrationReport report) =>
        [.. Parse(HtmlReport.Render(report, "en")).Descendants("li").Where(item => Style(item).StartsWith("card", StringComparison.Ordinal)).Select(card => string.Join('|', card.Elements().Select(part => part.Value).Prepend(Style(card))))];

    // Step names and style are the same in every language.
    private static List<string> Spoken(XDocument page) =>
        [.. page.Root!.DescendantNodes().OfType<XText>().Where(text => text.Parent!.Name != "code" && text.Parent.Name != "style").Select(text => text.Value).Where(text => text.Trim().Length > 0)];

    // The text with anything in the place of its figures and either word where one agrees with a figure; null for texts
    // that have no word of their own.
    private static Regex? Pattern(string text) => Figure().Replace(text, "").Any(char.IsLetter)
        ? new Regex($@"(?<!\w){Figure().Replace(Regex.Escape(text).Replace(@"\{", "{").Replace(@"\|", "|"), figure => figure.Groups["words"].Success ? $"(?:{figure.Groups["words"].Value})" : ".+?")}(?!\w)")
        : null;

    [GeneratedRegex(@"\{\w+(?:\|(?<words>[^}]*))?\}")]
    private static partial Regex Figure();

    [GeneratedRegex(@"\b(?:Report|Status|Evidence|Pending|Guide|Step|Reason)\.[A-Z0-9]\w*")]
    private static partial Regex Key();
}
