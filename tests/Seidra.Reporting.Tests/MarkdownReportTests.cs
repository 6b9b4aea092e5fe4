using System.Text.RegularExpressions;

namespace Seidra.Reporting.Tests;

/// <summary>Markdown that reads well as text and in which foreign text stays text.</summary>
[TestFixture]
public sealed partial class MarkdownReportTests
{
    [TestCase("seidra_cutover_quarantine", "seidra_cutover_quarantine")]
    [TestCase("1.5 (a-b) #4 + x!", "1.5 (a-b) #4 + x!")]
    [TestCase("< 1 ms, R&D", "< 1 ms, R&D")]
    [TestCase("_private_ *bold* ~gone~", @"\_private\_ \*bold\* \~gone\~")]
    [TestCase("a|b", @"a\|b")]
    [TestCase("<b>&amp;</b>", @"\<b>\&amp;\</b>")]
    [TestCase("[x](y) `z` \\", @"\[x](y) \`z\` \\")]
    [TestCase("two\r\nlines\u001b[0m", @"two lines \[0m")]
    public void Only_what_acts_is_escaped(string user, string written)
    {
        var report = Sample.Of(journal => journal.RunStarted("run-1", user));

        Assert.That(MarkdownReport.Render(report, "en"), Does.Contain($"| Cutover | {written} | ops-01 |"));
    }

    [Test]
    public void Every_row_of_a_table_has_all_its_cells()
    {
        var lines = MarkdownReport.Render(Hostile.Report(), "en").Split('\n');
        var tables = lines.Where(line => line.StartsWith('|')).ToList();
        var heads = lines.Index().Where(line => line.Item.StartsWith("|-", StringComparison.Ordinal)).Select(line => line.Index - 1).ToList();

        Assert.That(tables, Has.Count.GreaterThan(26));
        foreach (var head in heads)
        {
            var table = lines.Skip(head).TakeWhile(line => line.StartsWith('|'));
            Assert.That(table.Select(Cells).Distinct().Count(), Is.EqualTo(1), lines[head]);
        }
    }

    private static int Cells(string line) => Bar().Count(line);

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();
}
