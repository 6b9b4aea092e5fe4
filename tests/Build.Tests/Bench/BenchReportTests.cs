using System.Text.Json.Nodes;
using Seidra.Cutover.Bench;

namespace Seidra.Cutover.Tests;

/// <summary>What scripts may rely on in <c>artifacts/bench/NAME.json</c>, and how a run is judged.</summary>
[TestFixture]
public sealed class BenchReportTests
{
    private static readonly BenchRow Compared = new("copy")
    {
        Ours = new Cost(4.00049, 2, 80),
        Peer = new PeerCost("peer 1.0", "peer --flag='it'", new Cost(10, 20, 800)),
        Bound = new Ratio(0.5, 0.25, 0.15),
    };

    private static readonly BenchRow Broken = new("lag")
    {
        Figures = new Dictionary<string, Figure> { ["lagMs"] = new(300, "ms", 200) },
    };

    private static readonly BenchRow Alone = new("alone") { Ours = new Cost(1, 1, 1), Bound = new Ratio(1), Reason = "peer is missing" };

    [Test]
    public void The_JSON_has_the_documented_shape()
    {
        var json = JsonNode.Parse(Report(scaled: false, Compared, Broken, Alone).ToJson())!;
        var rows = json["rows"]!.AsArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Keys(json), Is.SupersetOf(new[] { "machine", "load", "rows" }));
            Assert.That(json["load"]!.AsArray().Select(load => (double)load!), Is.EqualTo(new[] { 0.5, 1, 2 }));
            Assert.That(Keys(rows[0]!), Is.SupersetOf(new[] { "name", "ours", "peer", "ratio", "bound", "holds" }));
            Assert.That(Keys(rows[0]!["ours"]!), Is.EqualTo(new[] { "wallS", "clientCpuS", "rssMb" }));
            Assert.That(Keys(rows[0]!["peer"]!), Is.EqualTo(new[] { "name", "command", "wallS", "clientCpuS", "rssMb" }));
            Assert.That(Keys(rows[0]!["ratio"]!), Is.EqualTo(new[] { "wall", "cpu", "rss" }));
            Assert.That(Keys(rows[0]!["bound"]!), Is.EqualTo(new[] { "wall", "cpu", "rss" }));
            Assert.That((string)rows[0]!["name"]!, Is.EqualTo("copy"));
            Assert.That((double)rows[0]!["ours"]!["wallS"]!, Is.EqualTo(4));
            Assert.That((double)rows[0]!["ratio"]!["cpu"]!, Is.EqualTo(0.1));
            Assert.That((bool)rows[0]!["holds"]!, Is.True);
            Assert.That((bool)rows[1]!["holds"]!, Is.False);
            Assert.That(rows[1]!["peer"], Is.Null);
            Assert.That((double)rows[1]!["figures"]!["lagMs"]!["value"]!, Is.EqualTo(300));
            Assert.That((string)rows[1]!["figures"]!["lagMs"]!["unit"]!, Is.EqualTo("ms"));
            Assert.That((double)rows[1]!["figures"]!["lagMs"]!["bound"]!, Is.EqualTo(200));
            Assert.That(rows[2]!["holds"], Is.Null);
            Assert.That((string)rows[2]!["reason"]!, Is.EqualTo("peer is missing"));
        }
    }

    [Test]
    public void A_value_that_is_no_number_is_null_in_JSON()
    {
        var row = new BenchRow("row") { Figures = new Dictionary<string, Figure> { ["x"] = new(double.NaN, "ms", 1) } };
        var json = JsonNode.Parse(Report(scaled: false, row).ToJson())!;

        Assert.That(json["rows"]![0]!["figures"]!["x"]!["value"], Is.Null);
    }

    [Test]
    public void At_full_size_a_broken_bound_fails_the_run_and_says_which() =>
        Assert.That(Report(scaled: false, Compared, Broken).Failures, Is.EqualTo(new[] { "lag: lagMs 300 ms (at most 200)" }));

    [Test]
    public void Scaled_down_nothing_is_judged_but_marked()
    {
        var report = Report(scaled: true, Broken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Failures, Is.Empty);
            Assert.That((bool)JsonNode.Parse(report.ToJson())!["rows"]![0]!["figures"]!["lagMs"]!["scaled"]!, Is.True);
            Assert.That(BenchTable.Render(report), Does.Contain("are not judged"));
        }
    }

    [Test]
    public void What_did_not_work_at_all_fails_a_scaled_run_too()
    {
        var report = Report(scaled: true, new BenchRow("drill") { Failed = true, Reason = "no server" });

        Assert.That(report.Failures, Is.EqualTo(new[] { "drill: no server" }));
    }

    [Test]
    public void A_missing_peer_is_named_and_never_green()
    {
        var report = Report(scaled: false, Compared, Alone);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Failures, Is.Empty);
            Assert.That(report.Unjudged, Is.EqualTo(new[] { "alone: peer is missing" }));
            Assert.That(BenchTable.Render(report), Does.Contain("not judged: peer is missing"));
        }
    }

    [Test]
    public void The_table_shows_both_sides_the_quotients_and_their_bounds() => Assert.That(
        BenchTable.Render(Report(scaled: false, Compared)),
        Does.Match(@"copy\s+4\.00\s+2\.00\s+80\s+10\.00\s+20\.00\s+800\s+0\.40 \(0\.50\)\s+0\.10 \(0\.25\)\s+0\.10 \(0\.15\)\s+yes"));

    [Test]
    public async Task The_file_is_named_after_the_suite()
    {
        var folder = Directory.CreateTempSubdirectory("seidra-bench-test-");
        try
        {
            var file = await Report(scaled: false, Compared).WriteAsync(Path.Combine(folder.FullName, "new"), CancellationToken.None);

            Assert.That(file, Is.EqualTo(Path.Combine(folder.FullName, "new", "database.json")));
            Assert.That(JsonNode.Parse(await File.ReadAllTextAsync(file))!["rows"]!.AsArray(), Has.Count.EqualTo(1));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static BenchReport Report(bool scaled, params BenchRow[] rows) =>
        new("database", new Machine("os", "cpu", 2, 1024, ".NET"), [0.5, 1, 2], 500_000, 3, scaled, rows);

    private static IEnumerable<string> Keys(JsonNode node) => node.AsObject().Select(pair => pair.Key);
}
