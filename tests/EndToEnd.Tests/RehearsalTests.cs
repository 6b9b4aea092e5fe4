namespace Seidra.EndToEnd.Tests;

/// <summary>The main job on a fresh machine: an embedded rehearsal of the whole guide.</summary>
[TestFixture]
public sealed class RehearsalTests : IDisposable
{
    private readonly CutoverProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Test]
    public async Task The_main_job_rehearses_the_whole_guide_and_ends_green()
    {
        var result = await _program.RunAsync("--target=Cutover");

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Proof.OfCutover(_program.Report);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((long)_program.Report["probe"]!["failed"]!, Is.Zero, _program.Report["probe"]!.ToJsonString());
            Assert.That((double)_program.Report["writePauseMs"]!, Is.Positive);
            Assert.That((bool)_program.Report["rehearsal"]!, Is.True);
            Assert.That(result.Output, Does.Contain("Rehearsal").And.Contain("stand-in"));
            Assert.That(result.Output, Does.Not.Contain("\u001b["), "no escapes in a pipe");
            Assert.That(File.ReadAllText(Path.Combine(_program.State, "report", "report.html")), Does.Contain("<html lang=\"en\""));
        }
    }

    [Test]
    public async Task The_second_run_changes_nothing()
    {
        await _program.RunAsync(["--target=Cutover", .. CutoverProgram.Small]);
        var first = _program.Journal;
        var result = await _program.RunAsync(["--target=Cutover", .. CutoverProgram.Small]);
        var second = _program.Journal;

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        var redone = second.Steps.Values.Where(step => step.Evidence is not null && step.Attempts > first.Steps[step.Name].Attempts).Select(step => step.Name);
        Assert.That(redone, Is.Empty);
        Proof.OfCutover(_program.Report);
    }

    [Test]
    public async Task The_report_speaks_French_on_request()
    {
        var result = await _program.RunAsync(["--target=Cutover", "--lang=fr", .. CutoverProgram.Small]);

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        var page = File.ReadAllText(Path.Combine(_program.State, "report", "report.html"));
        Assert.That(page, Does.Contain("<html lang=\"fr\"").And.Contain("Pause des écritures").And.Not.Contain("Write pause"));
        Assert.That(result.Output, Does.Contain("Liste de contrôle"));
    }

    [Test]
    public async Task Real_PostgreSQL_and_S3_servers_end_green_too()
    {
        var result = await _program.RunAsync(["--target=Cutover", "--profile=services", .. CutoverProgram.Small]);

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Proof.OfCutover(_program.Report);
        Assert.That((long)_program.Report["probe"]!["failed"]!, Is.Zero, _program.Report["probe"]!.ToJsonString());
    }
}
