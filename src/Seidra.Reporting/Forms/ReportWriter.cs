using System.Text;

namespace Seidra.Reporting;

/// <summary>Writes the report in its three forms; each file is whole or not there.</summary>
public static class ReportWriter
{
    /// <summary>Writes <c>report.html</c>, <c>report.json</c> and <c>report.md</c> into <paramref name="directory"/>.</summary>
    public static async Task<ReportFiles> WriteAsync(
        MigrationReport report, string directory, string language, CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(directory);
        return new ReportFiles(
            await PutAsync(directory, "report.html", HtmlReport.Render(report, language), cancellation),
            await PutAsync(directory, "report.json", JsonReport.Render(report), cancellation),
            await PutAsync(directory, "report.md", MarkdownReport.Render(report, language), cancellation));
    }

    private static async Task<string> PutAsync(string directory, string name, string content, CancellationToken cancellation)
    {
        var path = Path.Combine(directory, name);
        var draft = path + ".new";
        await using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(content), cancellation);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
        return path;
    }
}
