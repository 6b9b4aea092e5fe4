using System.Text;

namespace Seidra.Reporting;

/// <summary>Writes the report in its three forms; each file is whole or the one of before.</summary>
public static class ReportWriter
{
    /// <summary>Writes <c>report.html</c>, <c>report.json</c> and <c>report.md</c> into <paramref name="directory"/>.</summary>
    /// <exception cref="ReportException">The folder cannot be written; the files of before are untouched.</exception>
    public static async Task<ReportFiles> WriteAsync(
        MigrationReport report, string directory, string language, CancellationToken cancellation = default)
    {
        var files = new ReportFiles(
            Path.Combine(directory, "report.html"), Path.Combine(directory, "report.json"), Path.Combine(directory, "report.md"));
        (string Path, string Content)[] contents =
        [
            (files.Html, HtmlReport.Render(report, language)),
            (files.Json, JsonReport.Render(report)),
            (files.Markdown, MarkdownReport.Render(report, language)),
        ];
        try
        {
            Directory.CreateDirectory(directory);
            foreach (var (path, content) in contents)
            {
                await DraftAsync(path, content, cancellation);
            }

            foreach (var (path, _) in contents)
            {
                File.Move(Draft(path), path, overwrite: true);
            }

            return files;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ReportException(
                $"Expected to write the report into {directory}, found: {error.Message} Mend that, then run the same command again: it only writes the report anew.", error);
        }
        finally
        {
            foreach (var (path, _) in contents.Where(file => File.Exists(Draft(file.Path))))
            {
                File.Delete(Draft(path));
            }
        }
    }

    private static string Draft(string path) => path + ".new";

    private static async Task DraftAsync(string path, string content, CancellationToken cancellation)
    {
        await using var file = new FileStream(Draft(path), FileMode.Create, FileAccess.Write);
        await file.WriteAsync(Encoding.UTF8.GetBytes(content), cancellation);
        file.Flush(flushToDisk: true);
    }
}
