namespace Seidra.Quality.Tests;

public sealed class LcovTests : IDisposable
{
    private readonly ReportFolder _reports = new();

    public void Dispose() => _reports.Dispose();

    private CoverageResult Read(string text) => CoverageReport.Read(_reports.Write("lcov.info", text));

    [Test]
    public void Lines_of_all_files_add_up()
    {
        var result = Read("""
            TN:
            SF:src/a.ts
            FN:1,f
            FNDA:2,f
            FNF:1
            FNH:1
            DA:1,2
            DA:2,0
            DA:3,1,checksum
            LF:3
            LH:2
            BRDA:1,0,0,-
            end_of_record
            SF:src/b.ts
            DA:1,7
            LF:1
            LH:1
            end_of_record

            """);

        Assert.That((result.LinesCovered, result.LinesValid, result.Percent, result.Format), Is.EqualTo((3L, 4L, 75m, CoverageFormat.Lcov)));
    }

    [Test]
    public void Two_runs_over_one_file_count_its_lines_once()
    {
        var result = Read("TN:unit\nSF:a.ts\nDA:1,1\nDA:2,0\nend_of_record\nTN:e2e\nSF:a.ts\nDA:1,0\nDA:2,4\nend_of_record\n");

        Assert.That((result.LinesCovered, result.LinesValid), Is.EqualTo((2, 2)));
    }

    [Test]
    public void Summaries_serve_where_a_tool_lists_no_lines_and_Windows_line_ends_are_fine()
    {
        var result = Read("SF:a.ts\r\nLF:10\r\nLH:8\r\nend_of_record\r\n");

        Assert.That((result.LinesCovered, result.LinesValid), Is.EqualTo((8, 10)));
    }

    [TestCase("SF:a.ts\nDA:1,1\n", "lcov.info:2: the report is cut off")]
    [TestCase("SF:a.ts\nDA:1\nend_of_record\n", "lcov.info:2: DA needs")]
    [TestCase("SF:a.ts\nDA:1,-5\nend_of_record\n", "lcov.info:2: \"-5\" is not a count")]
    [TestCase("DA:1,1\n", "lcov.info:1: DA before SF")]
    [TestCase("end_of_record\n", "lcov.info:1: end_of_record without SF")]
    [TestCase("SF:a\nSF:b\n", "lcov.info:2: SF inside a record")]
    [TestCase("SF:a\nLF:3\nLH:4\nend_of_record\n", "LH 4 of LF 3")]
    [TestCase("Coverage: 90 %\n", "lcov.info:1: expected an lcov record")]
    [TestCase("{\"total\":{}}", "found JSON")]
    [TestCase("  \n \n", "only white space")]
    public void What_is_no_sound_lcov_is_refused_with_its_line(string text, string expected)
    {
        Assert.That(() => Read(text), Throws.TypeOf<QualityException>().With.Message.Contains(expected));
    }
}
