namespace Seidra.Quality.Tests;

public sealed class ReportFileTests : IDisposable
{
    private const string Lcov = "SF:a\nDA:1,1\nend_of_record\n";
    private readonly ReportFolder _reports = new();

    public void Dispose() => _reports.Dispose();

    [Test]
    public void A_missing_report_names_the_one_that_was_meant()
    {
        _reports.Write("qa/backend/coverage.xml", "<coverage/>");
        _reports.Write("qa/frontend/node_modules/pkg/coverage/lcov.info", Lcov);
        var real = _reports.Write("qa/frontend/lcov.info", Lcov);

        var error = Assert.Throws<QualityException>(() => CoverageReport.Read(_reports.At("qa/frontend/coverage/lcov.info"), _reports.At("qa")));

        Assert.That(error!.Message, Does.Contain($"The nearest file that does is {real}:"));
    }

    [Test]
    public void The_wrong_frontend_page_of_the_guide_leads_to_the_right_one()
    {
        var real = _reports.Write("qa/frontend/index.html", "<html/>");
        _reports.Write("qa/backend/html/index.html", "<html/>");

        var error = Assert.Throws<QualityException>(() => CoverageReport.Read(_reports.At("qa/frontend/coverage/index.html"), _reports.At("qa")));

        Assert.That(error!.Message, Does.Contain(real));
    }

    [Test]
    public void A_report_of_another_name_is_offered_where_it_is_of_the_same_kind()
    {
        var real = _reports.Write("qa/e2e/results.xml", "<testsuites/>");
        _reports.Write("qa/e2e/results.json", "{}");

        Assert.That(() => TestReport.Read(_reports.At("qa/e2e/junit.xml"), _reports.At("qa")), Throws.TypeOf<QualityException>().With.Message.Contains(real));
    }

    [Test]
    public void Without_a_reports_folder_the_neighbourhood_is_searched()
    {
        var real = _reports.Write("qa/backend/junit.xml", "<testsuites/>");

        Assert.That(() => TestReport.Read(_reports.At("qa/junit.xml")), Throws.TypeOf<QualityException>().With.Message.Contains(real));
    }

    [Test]
    public void With_nothing_near_the_message_says_so()
    {
        Assert.That(() => TestReport.Read(_reports.At("qa/junit.xml"), _reports.At("qa")), Throws.TypeOf<QualityException>().With.Message.Contains("no other report was found"));
    }

    [Test]
    public void A_report_older_than_the_run_is_stale()
    {
        var path = _reports.Write("lcov.info", Lcov);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-5));

        Assert.That(() => CoverageReport.Read(path, notBefore: DateTimeOffset.UtcNow.AddMinutes(-4)), Throws.TypeOf<QualityException>().With.Message.Contains("stale"));
        Assert.That(CoverageReport.Read(path, notBefore: DateTimeOffset.UtcNow.AddMinutes(-6)).LinesValid, Is.EqualTo(1));
    }

    [Test]
    public void A_report_written_right_after_the_start_is_not_stale_on_a_coarse_clock()
    {
        for (var i = 0; i < 20; i++)
        {
            var start = DateTimeOffset.UtcNow;
            var path = _reports.Write("lcov.info", Lcov);
            Assert.That(CoverageReport.Read(path, notBefore: start).LinesValid, Is.EqualTo(1));
        }
    }

    [Test]
    public void A_file_system_of_whole_seconds_is_compared_by_the_second()
    {
        var path = _reports.Write("lcov.info", Lcov);
        var second = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, second);

        Assert.That(CoverageReport.Read(path, notBefore: second.AddMilliseconds(900)).LinesValid, Is.EqualTo(1));
        Assert.That(() => CoverageReport.Read(path, notBefore: second.AddMilliseconds(1000)), Throws.TypeOf<QualityException>());
    }

    [Test]
    public void Empty_files_and_folders_are_no_reports()
    {
        Assert.That(() => CoverageReport.Read(_reports.Write("lcov.info", "")), Throws.TypeOf<QualityException>().With.Message.Contains("empty file"));
        Assert.That(() => CoverageReport.Read(_reports.Path), Throws.TypeOf<QualityException>().With.Message.Contains("found a folder"));
    }
}
