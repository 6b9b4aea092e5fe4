using Seidra.Journal;

namespace Seidra.EndToEnd.Tests;

/// <summary>SIGKILL at ten different moments; the same command finishes what was cut.</summary>
[TestFixture]
public sealed class KillTests : IDisposable
{
    private static readonly string[] Cutover = ["--target=Cutover", .. CutoverProgram.Small];
    private readonly CutoverProgram _program = new();

    public void Dispose() => _program.Dispose();

    [TestCase("BackupDatabase", false)]
    [TestCase("VerifyBackup", true)]
    [TestCase("ExportMedia", false)]
    [TestCase("PrepareStaging", true)]
    [TestCase("MigrateDatabase", false)]
    [TestCase("SyncMedia", true)]
    [TestCase("DeployProduction", false)]
    [TestCase("CatchUp", false)]
    [TestCase("SwitchTraffic", false)]
    [TestCase("RotateDemoAccount", true)]
    public async Task A_killed_run_goes_on_where_it_stopped(string step, bool wholeTree)
    {
        using (var run = _program.Start(Cutover))
        {
            await _program.UntilAsync(journal => journal.Steps.ContainsKey(step), run);
            Cut(run, wholeTree);
            Assert.That((await run.EndAsync()).ExitCode, Is.EqualTo(137), $"killed in {step}");
        }

        var before = _program.Journal;
        var result = await _program.RunAsync(Cutover);

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Proof.OfCutover(_program.Report);
        Assert.That(Redone(before), Is.SubsetOf(new[] { step, "FreezeClassic", "CatchUp", "StartStaging", "DeployProduction" }));
        if (!wholeTree)
        {
            Assert.That((long)_program.Report["probe"]!["failed"]!, Is.Zero, "clients must not notice that this program died");
        }
    }

    [Test]
    public async Task Ten_kills_in_a_row_still_end_in_the_same_state()
    {
        var random = new Random(20261123);
        for (var cut = 0; cut < 10; cut++)
        {
            using var run = _program.Start(Cutover);
            await Task.Delay(random.Next(300, 2_000));
            Cut(run, wholeTree: false);
            await run.EndAsync();
        }

        var result = await _program.RunAsync(Cutover);

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Proof.OfCutover(_program.Report);
        Assert.That((long)_program.Report["probe"]!["failed"]!, Is.Zero, _program.Report["probe"]!.ToJsonString());
    }

    private static void Cut(ProgramRun run, bool wholeTree)
    {
        if (wholeTree)
        {
            run.KillTree();
        }
        else
        {
            run.Kill();
        }
    }

    // Steps that had passed before the kill and were begun again after it.
    private IEnumerable<string> Redone(JournalSnapshot before) => _program.Journal.Steps.Values
        .Where(step => before.Steps.GetValueOrDefault(step.Name) is { Status: StepStatus.Passed } known && step.Attempts > known.Attempts)
        .Select(step => step.Name);
}
