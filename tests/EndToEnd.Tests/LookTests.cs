using System.Text.RegularExpressions;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Cutover.Tasks.Operations;

namespace Seidra.EndToEnd.Tests;

/// <summary>Commands that only show: they answer, and make no state folder.</summary>
[TestFixture]
public sealed partial class LookTests : IDisposable
{
    private readonly CutoverProgram _program = new();

    public void Dispose()
    {
        Assert.That(Directory.Exists(_program.State), Is.False, "looking makes no state folder");
        _program.Dispose();
    }

    [Test]
    public async Task The_command_alone_lists_every_target_with_what_to_paste()
    {
        var result = await _program.SucceedAsync();

        Assert.That(Targets().Where(target => !result.Output.Contains($"./build.sh --target={target} ", StringComparison.Ordinal)), Is.Empty);
        Assert.That(result.Output, Does.StartWith("SEIDRA Cutover").And.Not.Contain("Setup"), "the answer and nothing else");
    }

    [Test]
    public async Task Descriptions_cover_every_target()
    {
        var result = await _program.SucceedAsync("--description");

        Assert.That(Targets().Where(target => !Regex.IsMatch(result.Output, $@"^ +{target} +\S", RegexOptions.Multiline)), Is.Empty);
    }

    [Test]
    public async Task The_tree_shows_what_each_step_needs()
    {
        var result = await _program.SucceedAsync("--tree");

        Assert.That(Targets().Where(target => !result.Output.Contains(target, StringComparison.Ordinal)), Is.Empty);
        Assert.That(result.Output, Does.Match(@"SwitchTraffic\s+[│├└─ ]*CatchUp\s+[│├└─ ]*FreezeClassic"));
    }

    [Test]
    public async Task A_dry_run_names_the_steps_in_the_order_of_the_guide()
    {
        var result = await _program.SucceedAsync("--dryrun", "--target=Cutover");

        var order = Numbered().Matches(result.Output).Select(match => match.Groups["task"].Value).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(StepCatalog.Names.Except(order), Is.EqualTo(new[] { "ReleaseClassic" }), "Classic is never released by a cutover");
            Assert.That(order, Is.Unique);
            Assert.That(order, Has.ItemAt(0).EqualTo("Preflight"));
            Assert.That(order[^1], Is.EqualTo("Cutover"));
            foreach (var step in StepCatalog.Steps.Where(step => order.Contains(StepCatalog.NameOf(step))))
            {
                Assert.That(
                    StepCatalog.RequiredBy(step).Where(before => order.IndexOf(before) > order.IndexOf(StepCatalog.NameOf(step))), Is.Empty, step.Name);
            }
        }
    }

    [Test]
    public async Task Help_documents_options_and_exit_codes()
    {
        var result = await _program.SucceedAsync("--help");

        using (Assert.EnterMultipleScope())
        {
            foreach (var option in new[] { "--target", "--settings", "--profile", "--state", "--set", "--lang", "--exclusive", "--dryrun", "--json", "--item", "--as", "--accept-loss" })
            {
                Assert.That(result.Output, Does.Match($@"{option}\b"), option);
            }

            foreach (var code in new[] { 0, ExitCodes.StepFailed, ExitCodes.Usage, ExitCodes.GateRefused, ExitCodes.RolledBack, ExitCodes.Inconclusive, ExitCodes.LockHeld, ExitCodes.Cancelled })
            {
                Assert.That(result.Output, Does.Match($@"(?m)^ +{code} +\w"), $"exit code {code}");
            }
        }
    }

    private static IEnumerable<string> Targets() => TargetList.ByStage().SelectMany(stage => stage.Select(target => target.Name));

    [GeneratedRegex(@"^\d+\. (?<task>\w+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Numbered();
}
