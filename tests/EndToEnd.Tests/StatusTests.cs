using System.Text.Json.Nodes;

namespace Seidra.EndToEnd.Tests;

/// <summary>Looking on: before, beside and after a run, for people and for scripts.</summary>
[TestFixture]
public sealed class StatusTests : IDisposable
{
    private readonly CutoverProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Test]
    public async Task It_reads_beside_a_run_and_changes_nothing()
    {
        var before = await JsonAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before["instance"], Is.Null);
            Assert.That(before["lockedBy"], Is.Null);
            Assert.That((string)before["next"]!, Is.EqualTo("./build.sh --target=Cutover"));
            Assert.That(Directory.Exists(_program.State), Is.False, "asking makes no folder");
        }

        using var run = _program.Start(["--target=Cutover", .. CutoverProgram.Small]);
        await _program.UntilAsync(journal => journal.Steps.Count > 1, run);
        var beside = await JsonAsync();
        var text = await _program.SucceedAsync("--target=Status");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)beside["lockedBy"]?["host"], Is.EqualTo(Environment.MachineName));
            Assert.That((string?)beside["lockedBy"]?["what"], Is.EqualTo("Cutover"));
            Assert.That(beside["steps"]!.AsArray(), Is.Not.Empty);
            Assert.That((string)beside["next"]!, Does.Contain("Status"));
            Assert.That(text.Output, Does.Contain("BackupDatabase").And.Contain(Environment.MachineName), text.ToString());
        }

        Assert.That((await run.EndAsync()).ExitCode, Is.Zero);
        var journal = File.ReadAllBytes(Path.Combine(_program.State, "journal.jsonl"));
        var after = await JsonAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(after["lockedBy"], Is.Null);
            Assert.That((int)after["run"]!["exitCode"]!, Is.Zero);
            Assert.That((string)after["next"]!, Is.EqualTo("./build.sh --target=ReleaseClassic"));
            Assert.That(
                after["steps"]!.AsArray().Select(step => (string)step!["status"]!).Distinct(), Is.EquivalentTo(new[] { "passed", "pending" }));
            Assert.That(File.ReadAllBytes(Path.Combine(_program.State, "journal.jsonl")), Is.EqualTo(journal));
        }

        var french = await _program.SucceedAsync("--target=Status", "--lang=fr");
        Assert.That(french.Output, Does.Match(@"ensuite\s:\s\./build\.sh --target=ReleaseClassic").And.Not.Contain("next:"), french.ToString());
    }

    private async Task<JsonNode> JsonAsync()
    {
        var result = await _program.SucceedAsync("--target=Status", "--json");
        return JsonNode.Parse(result.Output)!;
    }
}
