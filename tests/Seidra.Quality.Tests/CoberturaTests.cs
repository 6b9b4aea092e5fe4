namespace Seidra.Quality.Tests;

public sealed class CoberturaTests : IDisposable
{
    private readonly ReportFolder _reports = new();

    public void Dispose() => _reports.Dispose();

    private CoverageResult Read(string xml) => CoverageReport.Read(_reports.Write("coverage.xml", xml));

    [Test]
    public void The_totals_of_the_root_are_the_result()
    {
        var result = Read("""
            <?xml version="1.0" ?>
            <coverage version="7.6.1" timestamp="1760000000000" lines-valid="1000" lines-covered="857" line-rate="0.857" branches-covered="0" branches-valid="0" branch-rate="0" complexity="0">
              <packages><package name="app"><classes><class name="a" filename="a.py"><lines><line number="1" hits="1"/></lines></class></classes></package></packages>
            </coverage>
            """);

        Assert.Multiple(() =>
        {
            Assert.That(result.LinesCovered, Is.EqualTo(857));
            Assert.That(result.LinesValid, Is.EqualTo(1000));
            Assert.That(result.Percent, Is.EqualTo(85.7m));
            Assert.That(result.Format, Is.EqualTo(CoverageFormat.Cobertura));
            Assert.That(result.Path, Does.EndWith("coverage.xml"));
            Assert.That(result.WrittenAt, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
        });
    }

    [Test]
    public void Without_totals_a_line_counts_once_per_file_however_often_it_is_listed()
    {
        var result = Read("""
            <coverage line-rate="0.66">
              <packages><package><classes>
                <class name="A" filename="a.cs">
                  <methods><method name="M"><lines><line number="1" hits="0"/><line number="2" hits="3"/></lines></method></methods>
                  <lines><line number="1" hits="0"/><line number="2" hits="3"/></lines>
                </class>
                <class name="A/Inner" filename="a.cs"><lines><line number="2" hits="0"/></lines></class>
                <class name="B" filename="b.cs"><lines><line number="1" hits="1"/></lines></class>
              </classes></package></packages>
            </coverage>
            """);

        Assert.That((result.LinesCovered, result.LinesValid), Is.EqualTo((2, 3)));
    }

    [Test]
    public void The_doctype_line_that_Istanbul_writes_is_no_obstacle()
    {
        var result = Read("""
            <?xml version="1.0"?>
            <!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
            <coverage lines-valid="10" lines-covered="9" line-rate="0.9"/>
            """);

        Assert.That(result.Percent, Is.EqualTo(90m));
    }

    [Test]
    public void An_entity_bomb_is_refused_at_its_line_before_it_grows()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<QualityException>(() => Read("""
            <!DOCTYPE coverage [
              <!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">
              <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
              <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
              <!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
              <!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">
              <!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">
            ]>
            <coverage lines-valid="1" lines-covered="1">
              <sources><source>&f;</source></sources>
            </coverage>
            """));

        Assert.Multiple(() =>
        {
            Assert.That(error!.Message, Does.Contain("coverage.xml:10:"));
            Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)));
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(8 * 1024 * 1024));
        });
    }

    [Test]
    public void An_external_entity_is_never_fetched()
    {
        var secret = _reports.Write("secret.txt", "42");

        var error = Assert.Throws<QualityException>(() => Read($"""
            <!DOCTYPE coverage [<!ENTITY x SYSTEM "file://{secret}">]>
            <coverage lines-valid="&x;" lines-covered="1"/>
            """));

        Assert.That(error!.Message, Does.Contain("coverage.xml:2:").And.Not.Contain("42"));
    }

    [TestCase("""<coverage lines-valid="10" lines-covered="11"/>""", "11 lines covered of 10")]
    [TestCase("""<coverage lines-valid="1000" lines-covered="500" line-rate="0.9"/>""", "contradicts itself")]
    [TestCase("""<coverage lines-valid="ten" lines-covered="1"/>""", "coverage.xml:1: lines-valid=\"ten\"")]
    [TestCase("""<coverage lines-valid="-3" lines-covered="-4"/>""", "is not a count")]
    [TestCase("""<coverage/>""", "without line-rate")]
    [TestCase("""<coverage generated="1" clover="3.2.0"><project/></coverage>""", "found Clover")]
    [TestCase("""<testsuites tests="1"/>""", "a JUnit test report")]
    [TestCase("""<html><body>85 %</body></html>""", "a web page")]
    [TestCase("""<coverage lines-valid="10" lines-covered="9"><packages>""", "coverage.xml:1: expected a complete XML report")]
    public void What_is_no_sound_Cobertura_is_refused_and_named(string xml, string expected)
    {
        Assert.That(() => Read(xml), Throws.TypeOf<QualityException>().With.Message.Contains(expected));
    }

    [Test]
    public void Percentages_are_cut_so_that_just_below_never_shows_as_enough()
    {
        var result = Read("""<coverage lines-valid="100000" lines-covered="84999"/>""");

        Assert.That(result.Percent, Is.EqualTo(84.99m));
    }
}
