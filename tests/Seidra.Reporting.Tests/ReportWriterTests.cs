namespace Seidra.Reporting.Tests;

/// <summary>A reader never sees half a report.</summary>
[TestFixture]
public sealed class ReportWriterTests
{
    [Test]
    public async Task Three_files_are_written_in_the_language()
    {
        using var folder = new TempFolder();
        var files = await ReportWriter.WriteAsync(Sample.Finished(), folder.At("report"), "fr");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(folder), Is.EquivalentTo(new[] { "report.html", "report.json", "report.md" }));
            Assert.That(await File.ReadAllTextAsync(files.Html), Does.Contain("<html lang=\"fr\">").And.Contain("Pause des écritures"));
            Assert.That(await File.ReadAllTextAsync(files.Markdown), Does.StartWith("# Rapport de migration SEIDRA\n"));
        }
    }

    [Test]
    public async Task A_new_report_takes_the_place_of_the_old_one()
    {
        using var folder = new TempFolder();
        await ReportWriter.WriteAsync(Sample.Finished(), folder.At("report"), "en");
        var files = await ReportWriter.WriteAsync(Sample.Of(_ => { }), folder.At("report"), "en");

        Assert.That(await File.ReadAllTextAsync(files.Html), Does.Contain("unfinished"));
        Assert.That(Names(folder), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task The_old_report_stays_when_the_new_one_cannot_be_written()
    {
        using var folder = new TempFolder();
        var files = await ReportWriter.WriteAsync(Sample.Finished(), folder.At("report"), "en");
        var before = await Contents(files);
        Directory.CreateDirectory(files.Markdown + ".new");

        Assert.That(
            async () => await ReportWriter.WriteAsync(Sample.Of(_ => { }), folder.At("report"), "en"),
            Throws.InstanceOf<ReportException>().With.Message.Contains("report.md.new"));
        Assert.That(await Contents(files), Is.EqualTo(before));
        Assert.That(Names(folder), Has.Length.EqualTo(3), "no draft is left");
    }

    [Test]
    public async Task The_old_report_stays_when_writing_is_cancelled()
    {
        using var folder = new TempFolder();
        var files = await ReportWriter.WriteAsync(Sample.Finished(), folder.At("report"), "en");
        var before = await Contents(files);

        Assert.That(
            async () => await ReportWriter.WriteAsync(Sample.Of(_ => { }), folder.At("report"), "fr", new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await Contents(files), Is.EqualTo(before));
        Assert.That(Names(folder), Has.Length.EqualTo(3), "no draft is left");
    }

    [Test]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.At("report"), "a file");

        Assert.That(
            async () => await ReportWriter.WriteAsync(Sample.Finished(), folder.At("report"), "en"),
            Throws.InstanceOf<ReportException>().With.Message.Contains(folder.At("report")));
    }

    private static string[] Names(TempFolder folder) => [.. Directory.GetFiles(folder.At("report")).Select(file => Path.GetFileName(file)!)];

    private static async Task<string[]> Contents(ReportFiles files) =>
        [await File.ReadAllTextAsync(files.Html), await File.ReadAllTextAsync(files.Json), await File.ReadAllTextAsync(files.Markdown)];
}
