using Seidra.Cutover.Bench;

namespace Seidra.Cutover.Tests;

/// <summary>Contestants run in turns.</summary>
[TestFixture]
public sealed class ContestTests
{
    private readonly List<string> _order = [];

    [SetUp]
    public void Start() => _order.Clear();

    [Test]
    public async Task Who_begins_changes_from_round_to_round_and_the_median_counts()
    {
        var results = await RunAsync(3, Contestant("a", 1, 9, 2), Contestant("b", 5, 5, 5));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Concat(_order), Is.EqualTo("abbaab"));
            Assert.That(results["a"].Cost!.WallS, Is.EqualTo(2));
            Assert.That(results["a"].Figure("half"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task One_that_fails_is_told_and_the_others_go_on()
    {
        var results = await RunAsync(2, Contestant("a", 1), Contestant("b", 5, 7));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(results["a"].Failure, Is.EqualTo("a has no run 2"));
            Assert.That(results["a"].Cost, Is.Null, "one good run does not make up for it");
            Assert.That(results["b"].Cost!.WallS, Is.EqualTo(6));
        }
    }

    private static async Task<Dictionary<string, ContestResult>> RunAsync(int rounds, params Contestant[] contestants)
    {
        var results = await Contest.RunAsync(contestants, rounds, new BenchLog(TextWriter.Null), CancellationToken.None);
        return results.ToDictionary(result => result.Key.Name, result => result.Value);
    }

    private Contestant Contestant(string name, params double[] walls)
    {
        var run = 0;
        return new Contestant(name, name, _ =>
        {
            _order.Add(name);
            return run < walls.Length
                ? Task.FromResult(new ContestantRun(new Cost(walls[run], 0, 0), new Dictionary<string, double> { ["half"] = walls[run++] / 2 }))
                : throw new BenchException($"{name} has no run {run + 1}");
        });
    }
}
