using Seidra.Journal;

namespace Seidra.EndToEnd.Tests;

/// <summary>What only people can say: the runbook's review, and the release of Classic.</summary>
[TestFixture]
public sealed class ApprovalTests : IDisposable
{
    private static readonly string[] Cutover = ["--target=Cutover", .. CutoverProgram.Small];
    private static readonly string[] Release = ["--target=ReleaseClassic", .. CutoverProgram.Small];
    private readonly CutoverProgram _program = new();

    public void Dispose() => _program.Dispose();

    [TestCase(new[] { "--target=Approve" }, "--item")]
    [TestCase(new[] { "--target=Approve", "--item=runbook" }, "--as")]
    [TestCase(new[] { "--target=Approve", "--item=runbok", "--as=Ada" }, "runbook")]
    public async Task An_approval_of_nothing_or_by_nobody_is_refused(string[] arguments, string named)
    {
        var result = await _program.RunAsync(arguments);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(2), result.ToString());
            Assert.That(result.Errors, Does.Contain(named), result.ToString());
            Assert.That(Directory.Exists(_program.State), Is.False, "no state folder is made");
        }
    }

    [Test]
    public async Task The_reviewed_runbook_turns_its_line_green_and_Classic_is_released_only_with_time_and_a_word()
    {
        await _program.SucceedAsync(Cutover);
        Assert.That(_program.GuideStatus("5.5"), Is.EqualTo("pending"));

        await _program.SucceedAsync(["--target=Approve", "--item=runbook", "--as=Ada Lovelace", .. CutoverProgram.Small]);
        await _program.SucceedAsync(Cutover);
        Assert.That(_program.GuideStatus("5.5"), Is.EqualTo("passed"));
        Assert.That(_program.Report["guide"]!.AsArray().First(line => (string)line!["id"]! == "5.5")!["evidence"]!.ToJsonString(), Does.Contain("Ada Lovelace"));

        var refused = await _program.RunAsync(Release);
        Assert.That(refused.ExitCode, Is.EqualTo(3), refused.ToString());
        Assert.That(refused.Errors, Does.Contain("grace period of 72 h").And.Contain("--item=release-classic"), refused.ToString());

        await _program.SucceedAsync(["--target=Approve", "--item=release-classic", "--as=Ada", .. CutoverProgram.Small]);
        var early = await _program.RunAsync(Release);
        Assert.That(early.ExitCode, Is.EqualTo(3), early.ToString());
        Assert.That(early.Errors, Does.Contain("grace period").And.Not.Contain("nobody has approved"), early.ToString());

        await _program.SucceedAsync([.. Release, "--set", "release.graceHours=0"]);
        Assert.That(_program.Journal.Steps["ReleaseClassic"].Status, Is.EqualTo(StepStatus.Pending), "nothing is configured that stops Classic");

        await _program.SucceedAsync([.. Release, "--set", "release.graceHours=0", "--set", "release.command=[git, --version]"]);
        Assert.That(_program.Journal.Steps["ReleaseClassic"].Status, Is.EqualTo(StepStatus.Passed));
        Assert.That(File.ReadAllText(Path.Combine(_program.State, "logs", "release.log")), Does.Contain("git version"));
    }
}
