using Seidra.Cutover.Hosting;
using Seidra.Cutover.Tasks.Repository;

namespace Seidra.Cutover.Tests;

/// <summary>How the test projects share the machine.</summary>
[TestFixture]
public sealed class TestLanesTests
{
    [Test]
    public void Every_test_project_of_the_checkout_runs_the_longest_first()
    {
        var projects = TestLanes.Projects(Path.Combine(ProgramInfo.Repository, "Seidra.slnx"));
        var folders = Directory.EnumerateDirectories(Path.Combine(ProgramInfo.Repository, "tests"), "*.Tests").Select(Path.GetFileName);

        Assert.That(projects, Is.EquivalentTo(folders));
        Assert.That(projects[0], Is.EqualTo("EndToEnd.Tests"));
    }

    [Test]
    public async Task Two_run_at_a_time_in_their_order()
    {
        var begun = new List<string>();
        var gates = new[] { "a", "b", "c" }.ToDictionary(name => name, _ => new TaskCompletionSource<string?>());
        var lanes = TestLanes.RunAsync(["a", "b", "c"], project =>
        {
            begun.Add(project);
            return gates[project].Task;
        });

        Assert.That(begun, Is.EqualTo(new[] { "a", "b" }));
        gates["b"].SetResult(null);
        Assert.That(() => begun, Is.EqualTo(new[] { "a", "b", "c" }).After(20_000, 5), "b's lane is free while a still runs");
        gates["c"].SetResult(null);
        gates["a"].SetResult(null);
        Assert.That(await lanes, Is.Empty);
    }

    [Test]
    public async Task One_that_fails_keeps_no_other_from_running_and_is_told()
    {
        var begun = new List<string>();
        var failures = await TestLanes.RunAsync(["a", "b", "c", "d"], project =>
        {
            begun.Add(project);
            return Task.FromResult(project is "d" or "a" ? $"{project} failed" : null);
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(begun, Is.EqualTo(new[] { "a", "b", "c", "d" }));
            Assert.That(failures, Is.EqualTo(new[] { "a failed", "d failed" }));
        }
    }
}
