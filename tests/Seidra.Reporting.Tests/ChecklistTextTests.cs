namespace Seidra.Reporting.Tests;

/// <summary>The checklist fits its terminal and says all of it.</summary>
[TestFixture]
public sealed class ChecklistTextTests
{
    [Test]
    public void No_line_is_wider_than_the_terminal(
        [Values("en", "fr")] string language, [Values(60, 80, 100, 120, 160)] int width, [Values] bool hostile) =>
        Assert.That(
            ChecklistText.Render(hostile ? Hostile.Report() : Sample.Finished(), language, width, color: false).Split('\n').Max(line => line.Length),
            Is.LessThanOrEqualTo(width));

    [Test]
    public void A_pipe_gets_no_escapes_even_from_hostile_text([Values("en", "fr")] string language) =>
        Assert.That(ChecklistText.Render(Hostile.Report(), language, 80, color: false), Does.Not.Contain("\u001b").And.Not.Contain("\0"));

    [Test]
    public void Colour_changes_nothing_but_colour()
    {
        var plain = ChecklistText.Render(Sample.Finished(), "en", 100, color: false);
        var coloured = ChecklistText.Render(Sample.Finished(), "en", 100, color: true);

        Assert.That(coloured, Does.Contain("\u001b[32mpassed\u001b[0m").And.Contain("\u001b[33mpending\u001b[0m"));
        Assert.That(System.Text.RegularExpressions.Regex.Replace(coloured, "\u001b\\[\\d+m", ""), Is.EqualTo(plain));
    }

    [Test]
    public void An_error_is_told_to_its_last_word()
    {
        var error = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"word{i}"));
        var text = ChecklistText.Render(Sample.Of(journal => journal.Failed("BackupDatabase", 10, error)), "en", 80, color: false);

        Assert.That(text, Does.Contain("word59").And.Contain("1.1  failed").And.Contain("Outcome: failed"));
    }

    [Test]
    public void A_name_without_spaces_is_broken_rather_than_cut()
    {
        var name = new string('x', 300);
        var text = ChecklistText.Render(Sample.Of(journal => journal.Failed("BackupDatabase", 10, name)), "en", 80, color: false);

        Assert.That(text.Count(letter => letter == 'x'), Is.EqualTo(300 + ChecklistText.Render(Sample.Of(_ => { }), "en", 80, color: false).Count(letter => letter == 'x')));
    }

    [Test]
    public void The_status_of_a_step_is_one_line() =>
        Assert.That(StepText.Status(Hostile.Report().Journal.Steps["BackupDatabase"], "en"), Does.StartWith("failed         BackupDatabase         ").And.Not.Contain("\n").And.Not.Contain("\u001b"));
}
