namespace Seidra.Reporting.Tests;

/// <summary>The finished rehearsal as people read it, approved by eye. To approve a change, copy the received file over the approved one.</summary>
[TestFixture]
public sealed class ApprovalTests
{
    [TestCase("en")]
    [TestCase("fr")]
    public void Markdown_reads_as_approved(string language) => Approve($"report.{language}.md", MarkdownReport.Render(Sample.Finished(), language));

    [TestCase("en", 100)]
    [TestCase("fr", 100)]
    public void The_checklist_reads_as_approved(string language, int width) =>
        Approve($"checklist.{language}.txt", ChecklistText.Render(Sample.Finished(), language, width, color: false));

    private static void Approve(string name, string received)
    {
        var approved = Path.Combine(AppContext.BaseDirectory, "Approved", name);
        var expected = File.Exists(approved) ? File.ReadAllText(approved) : "";
        if (expected != received)
        {
            File.WriteAllText(approved + ".received", received);
        }

        Assert.That(received, Is.EqualTo(expected), $"received: {approved}.received");
    }
}
