using System.Text.Json.Nodes;
using Seidra.Database;
using Seidra.Journal;

namespace Seidra.EndToEnd.Tests;

/// <summary>The way back: everything that a cutover started is gone, and Classic serves as before.</summary>
[TestFixture]
public sealed class RollbackTests : IDisposable
{
    private static readonly string[] Cutover = ["--target=Cutover", .. CutoverProgram.Small];
    private static readonly string[] Rollback = ["--target=Rollback", .. CutoverProgram.Small];
    private readonly CutoverProgram _program = new();

    private string Door => Path.Combine(_program.State, "sandbox", "door.json");

    public void Dispose() => _program.Dispose();

    [TestCase("MigrateDatabase")]
    [TestCase("CatchUp")]
    public async Task A_killed_run_is_taken_back_and_the_cutover_can_begin_again(string step)
    {
        using (var run = _program.Start(Cutover))
        {
            await _program.UntilAsync(journal => journal.Steps.ContainsKey(step), run);
            run.Kill();
            Assert.That((await run.EndAsync()).ExitCode, Is.EqualTo(137));
        }

        await ProveTakenBackAsync();
        await _program.SucceedAsync(Cutover);
        Proof.OfCutover(_program.Report);
        Assert.That((long)_program.Report["probe"]!["failed"]!, Is.Zero, _program.Report["probe"]!.ToJsonString());
    }

    [Test]
    public async Task A_deployed_production_is_taken_back_and_the_cutover_can_begin_again()
    {
        await _program.SucceedAsync(["--target=CheckHealth", .. CutoverProgram.Small]);
        Assert.That(Services(), Is.Not.Empty, "production is recorded for the next boot");

        await ProveTakenBackAsync();
        await _program.SucceedAsync(Cutover);
        Proof.OfCutover(_program.Report);
    }

    [Test]
    public async Task After_the_switch_every_write_comes_back_to_Classic_and_the_cutover_can_begin_again()
    {
        await _program.SucceedAsync(Cutover);

        var back = await _program.SucceedAsync(Rollback);

        Assert.That(back.Output, Does.Contain("Way back:"), back.ToString());
        await ProveClassicServesAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((long)_program.Report["probe"]!["lostWrites"]!, Is.Zero, "what Ultimate acknowledged is in Classic");
            Assert.That((long)_program.Report["probe"]!["doubledWrites"]!, Is.Zero);
        }

        await _program.SucceedAsync(Cutover);
        Proof.OfCutover(_program.Report);
    }

    [Test]
    public async Task A_switch_that_was_killed_before_its_record_is_a_switch_all_the_same()
    {
        await _program.SucceedAsync(["--target=CheckHealth", .. CutoverProgram.Small]);
        File.WriteAllText(Door, """{"target":"ultimate","holding":false,"inFlightWrites":0}""");

        var refused = await _program.RunAsync(Rollback);

        Assert.That(refused.ExitCode, Is.EqualTo(3), refused.ToString());
        Assert.That(refused.Errors, Does.Contain("--accept-loss"), refused.ToString());
        Assert.That(DoorTarget(), Is.EqualTo("ultimate"));
    }

    [Test]
    public async Task With_nothing_done_it_says_so()
    {
        var result = await _program.SucceedAsync(Rollback);

        Assert.That(result.Output, Does.Contain("Nothing to take back"), result.ToString());
    }

    private async Task ProveTakenBackAsync()
    {
        await _program.SucceedAsync(Rollback);
        var first = _program.Journal;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Steps.Values.Where(step => step.Undo is not null && step.Status is not StepStatus.Undone).Select(step => step.Name), Is.Empty);
            Assert.That(first.Steps["StartStaging"].Status, Is.EqualTo(StepStatus.Undone));
        }

        await ProveClassicServesAsync();

        var again = await _program.SucceedAsync(Rollback);
        Assert.That(again.Output, Does.Contain("Nothing to take back"), again.ToString());
        await ProveClassicServesAsync();
    }

    private async Task ProveClassicServesAsync()
    {
        var file = Path.Combine(_program.State, "sandbox", "classic", "database", "seidra.db");
        var freeze = await WriteFreeze.StateAsync(DatabaseEndpoint.Parse($"sqlite://{file}", null));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Services(), Is.Empty, "no stack is left for the next boot");
            Assert.That(ProcessTable.WithCommandLine(_program.State).Where(process => process.CommandLine.Contains(" ultimate ")), Is.Empty);
            Assert.That(freeze.Kind, Is.EqualTo(FreezeKind.None));
            Assert.That(DoorTarget(), Is.EqualTo("classic"));
            Assert.That((long)_program.Report["probe"]!["failed"]!, Is.Zero, "the client was served all the time");
        }
    }

    private string[] Services() => Directory.GetFiles(Path.Combine(_program.State, "sandbox", "services"), "*.json");

    // A door that was never moved has written nothing down.
    private string DoorTarget() => File.Exists(Door) ? (string)JsonNode.Parse(File.ReadAllText(Door))!["target"]! : "classic";
}
