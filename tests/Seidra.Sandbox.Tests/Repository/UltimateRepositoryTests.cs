using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Seidra.Sandbox.Machines;
using Seidra.Sandbox.Repository;

namespace Seidra.Sandbox.Tests.Repository;

public sealed class UltimateRepositoryTests
{
    private string directory = "";

    private string Work => Path.Combine(directory, "ultimate");

    [SetUp]
    public void MakeDirectory() => directory = Directory.CreateTempSubdirectory("seidra-git-").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(directory, recursive: true);

    [Test]
    public async Task The_same_files_give_the_same_commit_and_a_second_call_changes_nothing()
    {
        var first = await UltimateRepository.CreateAsync(Work);
        var second = await UltimateRepository.CreateAsync(Path.Combine(directory, "elsewhere"));
        Assert.That(first, Does.Match("^[0-9a-f]{40}$").And.EqualTo(second));
        await File.WriteAllTextAsync(Path.Combine(Work, "local.txt"), "mine");
        Assert.That(await UltimateRepository.CreateAsync(Work), Is.EqualTo(first));
        Assert.That(File.Exists(Path.Combine(Work, "local.txt")), Is.True);
    }

    [Test]
    public async Task A_clone_has_every_file_the_guide_names_and_its_programs_are_executable()
    {
        var commit = await UltimateRepository.CreateAsync(Work);
        var clone = Path.Combine(directory, "clone");
        await Command.RunAsync("git", ["clone", "--quiet", Work, clone], default);
        Assert.That((await Command.RunAsync("git", ["rev-parse", "HEAD"], default, clone)).Trim(), Is.EqualTo(commit));
        Assert.That(await Command.RunAsync("git", ["status", "--porcelain"], default, clone), Is.Empty);
        var tree = (await Command.RunAsync("git", ["ls-files", "--stage"], default, clone))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(line => line.Split('\t')[1], line => line[..6]);
        string[] programs = ["install-dev.sh", "install-prod.sh", "scripts/ci-report.sh", "scripts/migrate-from-classic.py", "scripts/rotate-default-user.py", "scripts/sync-minio.sh"];
        Assert.That(tree.Where(entry => entry.Value == "100755").Select(entry => entry.Key), Is.EquivalentTo(programs));
        string[] documents =
        [
            "README.md", "Makefile", "docker-compose.dev.yml", "docker-compose.prod.yml", ".github/workflows/ultimate-ci.yml", ".github/workflows/ultimate-release.yml",
            "monitoring/grafana/ultimate.json", "monitoring/prometheus/alerts.yml", "backend/alembic/env.py", "backend/alembic/versions/20240925_0001_initial_schema.py",
            "backend/alembic/versions/20241003_0002_generation_metrics.py", "backend/alembic/versions/20241009_0003_notifications.py",
        ];
        Assert.That(documents.Except(tree.Keys), Is.Empty);
        Assert.That(await File.ReadAllTextAsync(Path.Combine(clone, "README.md")), Does.Contain("stand-in"));
        Assert.That(
            () => JsonDocument.Parse(File.ReadAllText(Path.Combine(clone, "monitoring/grafana/ultimate.json"))).RootElement.GetProperty("panels").GetArrayLength(),
            Is.EqualTo(3));
    }

    [Test]
    public async Task The_quality_battery_runs_says_what_it_is_and_writes_reports_that_add_up()
    {
        await UltimateRepository.CreateAsync(Work);
        Directory.CreateDirectory(Path.Combine(Work, "reports/qa/old"));
        var said = await Command.RunAsync(Path.Combine(Work, "scripts/ci-report.sh"), [], default, directory);
        Assert.That(said, Does.Contain("STAND-IN"));
        var reports = Path.Combine(Work, "reports/qa");
        Assert.That(Directory.Exists(Path.Combine(reports, "old")), Is.False, "an older report");

        var cobertura = XDocument.Load(Path.Combine(reports, "backend/coverage.xml")).Root!;
        var lines = cobertura.Descendants("line").ToList();
        Assert.That(Number(cobertura, "lines-valid"), Is.EqualTo(lines.Count));
        Assert.That(Number(cobertura, "lines-covered"), Is.EqualTo(lines.Count(line => Number(line, "hits") > 0)));
        Assert.That(100.0 * Number(cobertura, "lines-covered") / Number(cobertura, "lines-valid"), Is.InRange(91.0, 92.0));
        var lcov = await File.ReadAllLinesAsync(Path.Combine(reports, "frontend/lcov.info"));
        Assert.That(Sum(lcov, "LH:"), Is.EqualTo(lcov.Count(line => line.StartsWith("DA:", StringComparison.Ordinal) && line.EndsWith(",1", StringComparison.Ordinal))));
        Assert.That(100.0 * Sum(lcov, "LH:") / Sum(lcov, "LF:"), Is.InRange(84.0, 85.0));

        foreach (var (area, tests) in new[] { ("backend", 16), ("frontend", 10), ("e2e", 5) })
        {
            var junit = XDocument.Load(Path.Combine(reports, area, "junit.xml")).Root!;
            Assert.That(junit.Descendants("testcase").Count(), Is.EqualTo(tests).And.EqualTo(Number(junit, "tests")), area);
        }

        var journeys = XDocument.Load(Path.Combine(reports, "e2e/junit.xml")).Descendants("testcase").Select(test => test.Attribute("name")!.Value.Split(':')[0]).Distinct();
        Assert.That(journeys, Is.EquivalentTo(new[] { "onboarding", "avatar generation", "media download" }));
    }

    [Test]
    public async Task A_script_that_would_have_to_lie_refuses()
    {
        await UltimateRepository.CreateAsync(Work);
        Assert.That(
            async () => await Command.RunAsync(Path.Combine(Work, "scripts/sync-minio.sh"), ["--export"], default, Work),
            Throws.TypeOf<SandboxException>().With.Message.Contains("found 64").And.Message.Contains("copies nothing"));
        foreach (var script in new[] { "scripts/migrate-from-classic.py", "scripts/rotate-default-user.py" })
            Assert.That(await File.ReadAllTextAsync(Path.Combine(Work, script)), Does.Contain("sys.exit(").And.Contain("stand-in"), script);
    }

    [Test]
    public async Task Other_files_are_never_overwritten()
    {
        Directory.CreateDirectory(Work);
        await File.WriteAllTextAsync(Path.Combine(Work, "mine.txt"), "mine");
        Assert.That(async () => await UltimateRepository.CreateAsync(Work), Throws.TypeOf<SandboxException>().With.Message.Contains(Work));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(Work, "mine.txt")), Is.EqualTo("mine"));
    }

    private static int Number(XElement element, string attribute) => int.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    private static int Sum(string[] lines, string prefix) =>
        lines.Where(line => line.StartsWith(prefix, StringComparison.Ordinal)).Sum(line => int.Parse(line[prefix.Length..], CultureInfo.InvariantCulture));
}
