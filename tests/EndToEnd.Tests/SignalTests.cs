namespace Seidra.EndToEnd.Tests;

/// <summary>An orderly end on request, one owner at a time, and the deadline of the freeze.</summary>
[TestFixture]
public sealed class SignalTests : IDisposable
{
    private static readonly string[] Cutover = ["--target=Cutover", .. CutoverProgram.Small];
    private readonly CutoverProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Test]
    public async Task A_terminated_run_ends_with_130_and_the_same_command_goes_on()
    {
        using (var run = _program.Start(Cutover))
        {
            await _program.UntilAsync(journal => journal.Steps.ContainsKey("ExportMedia"), run);
            run.Terminate();
            var cut = await run.EndAsync();
            Assert.That(cut.ExitCode, Is.EqualTo(130), cut.ToString());
        }

        Assert.That(Journal.RunLock.Owner(_program.State), Is.Null, "the lock is free");
        var result = await _program.RunAsync(Cutover);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Proof.OfCutover(_program.Report);
    }

    [Test]
    public async Task A_second_run_is_refused_and_names_the_first()
    {
        using var first = _program.Start(Cutover);
        await _program.UntilAsync(journal => journal.Steps.Count > 0, first);

        var second = await _program.RunAsync(Cutover);

        Assert.That(second.ExitCode, Is.EqualTo(6), second.ToString());
        Assert.That(second.Errors, Does.Contain(Environment.MachineName).And.Contain("Cutover"));
        Assert.That((await first.EndAsync()).ExitCode, Is.Zero);
    }

    [Test]
    public async Task A_freeze_that_reaches_its_deadline_gives_Classic_back_and_ends_with_4()
    {
        using var run = _program.Start([.. Cutover, "--set", "freeze.deadlineSeconds=3"]);
        await _program.UntilAsync(journal => journal.Steps.ContainsKey("FreezeClassic"), run);
        using (var ultimate = new SqliteBlocker(_program.State))
        {
            await _program.UntilAsync(journal => journal.Steps.ContainsKey("CatchUp"), run);
            ultimate.Hold();
            var result = await run.EndAsync();
            Assert.That(result.ExitCode, Is.EqualTo(4), result.ToString());
            Assert.That(result.Errors, Does.Contain("Classic serves again"));
        }

        var again = await _program.RunAsync(Cutover);
        Assert.That(again.ExitCode, Is.Zero, again.ToString());
        Proof.OfCutover(_program.Report);
    }
}
