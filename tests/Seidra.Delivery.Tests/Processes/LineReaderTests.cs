using System.Text;

namespace Seidra.Delivery.Tests;

public sealed class LineReaderTests
{
    private static async Task<List<string>> Read(byte[] bytes, params string[] secrets)
    {
        var lines = new List<string>();
        await new LineReader(new Redactor(secrets), lines.Add).ReadAsync(new MemoryStream(bytes), CancellationToken.None);
        return lines;
    }

    private static Task<List<string>> Read(string text, params string[] secrets) => Read(Encoding.UTF8.GetBytes(text), secrets);

    [TestCase("a\nb\n", "a|b")]
    [TestCase("a\r\nb", "a|b")]
    [TestCase("10 %\r50 %\r100 %\ndone\n", "100 %|done")]
    [TestCase("\x1B[1;32mgreen\x1B[0m \x1B]0;title\a text\n", "green  text")]
    [TestCase("\n\n", "|")]
    [TestCase("tab\there\a\b\n", "tab\there")]
    public async Task Lines_are_fit_for_a_log(string text, string expected)
    {
        Assert.That(string.Join('|', await Read(text)), Is.EqualTo(expected));
    }

    [Test]
    public async Task Characters_split_over_reads_and_bytes_that_are_no_text_are_survived()
    {
        var text = string.Concat(Enumerable.Repeat("é😀x", 20_000).Select((s, i) => i % 100 == 99 ? s + "\n" : s));

        Assert.That(string.Concat((await Read(text)).Select(line => line + "\n")), Is.EqualTo(text));
        Assert.That(await Read([0x61, 0xFF, 0xFE, 0x62, 0x0A]), Is.EqualTo(new[] { "a\uFFFD\uFFFDb" }));
    }

    [Test]
    public async Task A_line_without_end_is_cut_and_no_part_of_a_secret_remains_at_the_cut()
    {
        const string Secret = "correct-horse-battery-staple";
        for (var offset = 0; offset < Secret.Length; offset++)
        {
            var lines = await Read(new string('x', 32 * 1024 - offset) + Secret + new string('y', 1_000_000) + "\nnext\n", Secret);
            Assert.That(lines, Has.Count.EqualTo(2));
            Assert.That(lines[0], Does.EndWith("(line cut)").And.Length.LessThan(33 * 1024).And.Not.Contain("corr"));
            Assert.That(lines[1], Is.EqualTo("next"));
        }
    }
}
