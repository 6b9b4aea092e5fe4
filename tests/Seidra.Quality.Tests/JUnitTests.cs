namespace Seidra.Quality.Tests;

public sealed class JUnitTests : IDisposable
{
    private readonly ReportFolder _reports = new();

    public void Dispose() => _reports.Dispose();

    private TestResult Read(string xml) => TestReport.Read(_reports.Write("junit.xml", xml));

    [Test]
    public void A_pytest_report_is_counted_case_by_case()
    {
        var result = Read("""
            <?xml version="1.0" encoding="utf-8"?>
            <testsuites name="pytest tests"><testsuite name="pytest" errors="1" failures="1" skipped="1" tests="5" time="0.5" timestamp="2026-01-01T00:00:00" hostname="h">
              <testcase classname="tests.test_api" name="test_health" time="0.01" />
              <testcase classname="tests.test_api" name="test_login" time="0.01"><failure message="assert 401 == 200">trace &lt;here&gt;</failure></testcase>
              <testcase classname="tests.test_api" name="test_media" time="0.01"><error message="fixture">boom</error><system-out>text</system-out></testcase>
              <testcase classname="tests.test_gpu" name="test_cuda" time="0.0"><skipped type="pytest.skip" message="no GPU"/></testcase>
              <testcase classname="tests.test_api" name="test_jobs" time="0.01"><system-err>warning</system-err></testcase>
            </testsuite></testsuites>
            """);

        Assert.Multiple(() =>
        {
            Assert.That((result.Tests, result.Passed, result.Failed, result.Skipped), Is.EqualTo((5, 2, 2, 1)));
            Assert.That(result.Failures, Is.EqualTo(new[] { "tests.test_api > test_login", "tests.test_api > test_media" }));
            Assert.That(result.CaseNames, Is.EqualTo(new[] { "tests.test_api > test_health", "tests.test_api > test_jobs" }));
        });
    }

    [Test]
    public void Nested_suites_and_a_bare_testsuite_root_are_read()
    {
        var result = Read("""
            <testsuite name="all" tests="3"><properties><property name="a" value="b"/></properties>
              <testsuite name="inner" tests="2"><testcase name="onboarding"/><testcase name="avatar generation"/></testsuite>
              <testcase name="media download"></testcase>
            </testsuite>
            """);

        Assert.That(result.CaseNames, Is.EqualTo(new[] { "onboarding", "avatar generation", "media download" }));
    }

    [Test]
    public void A_test_that_passed_after_a_failed_attempt_is_flaky_and_passed()
    {
        var result = Read("""<testsuite tests="1"><testcase name="a"><flakyFailure message="time-out">first attempt</flakyFailure></testcase></testsuite>""");

        Assert.That((result.Passed, result.Failed, result.Flaky), Is.EqualTo((1, 0, 1)));
    }

    [TestCase("""<testsuites tests="10"><testsuite tests="10"><testcase name="a"/></testsuite></testsuites>""", "declares 10 tests but lists 1")]
    [TestCase("""<testsuite name="s" tests="1" failures="1"><testcase name="a"/></testsuite>""", "declares 1 failures but lists none")]
    [TestCase("""<testsuite tests="1"><testcase name="a">""", "junit.xml:1: expected a complete XML report")]
    [TestCase("""<coverage lines-valid="1"/>""", "found <coverage>")]
    [TestCase("""<testsuite tests="many"/>""", "is not a count")]
    public void A_report_that_hides_results_is_refused(string xml, string expected)
    {
        Assert.That(() => Read(xml), Throws.TypeOf<QualityException>().With.Message.Contains(expected));
    }

    [Test]
    public void Suites_nested_without_end_are_refused_instead_of_crashing()
    {
        var xml = string.Concat(Enumerable.Repeat("<testsuite>", 50_000)) + string.Concat(Enumerable.Repeat("</testsuite>", 50_000));

        Assert.That(() => Read(xml), Throws.TypeOf<QualityException>().With.Message.Contains("nest deeper"));
    }

    [Test]
    public void Reports_add_up()
    {
        var one = Read("""<testsuite tests="2"><testcase name="a"/><testcase name="b"><failure/></testcase></testsuite>""");
        var two = Read("""<testsuite tests="1"><testcase name="c"><skipped/></testcase></testsuite>""");

        var sum = TestResult.Combine([one, two]);

        Assert.That((sum.Tests, sum.Passed, sum.Failed, sum.Skipped), Is.EqualTo((3, 1, 1, 1)));
        Assert.That(sum.Paths, Has.Count.EqualTo(2));
    }
}
