using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Seidra.EndToEnd.Tests;

/// <summary>The benchmark from end to end, on few rows: that it measures, judges what it should, and leaves nothing behind.</summary>
[TestFixture]
public sealed class BenchTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seidra-e2e-");

    private string Temporary => Path.Combine(_folder.FullName, "tmp");

    private string Output => Path.Combine(_folder.FullName, "out");

    public void Dispose()
    {
        foreach (var left in ProcessTable.WithCommandLine(_folder.FullName))
        {
            ProcessTable.Kill(left.Pid);
        }

        _folder.Delete(recursive: true);
    }

    [Test]
    public async Task It_measures_ours_beside_the_peer_proves_every_write_and_leaves_nothing_behind()
    {
        using var run = Start("--suite=database", "--rows=2000", "--repeat=1", "--only=sqlite-to-postgres-verified,write-pause-sqlite-100k");
        var result = await run.EndAsync();
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        var json = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Output, "database.json")))!;
        var copy = json["rows"]![0]!;
        var pause = json["rows"]![1]!["figures"]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(json["rows"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That((bool)json["scaled"]!, Is.True);
            Assert.That((string)copy["peer"]!["name"]!, Does.StartWith("pgloader"));
            Assert.That((double)copy["ours"]!["wallS"]!, Is.Positive);
            Assert.That((double)copy["ours"]!["rssMb"]!, Is.GreaterThan(10));
            Assert.That((double)copy["ratio"]!["wall"]!, Is.Positive);
            Assert.That((double)pause["acknowledgedByUltimate"]!["value"]!, Is.Positive);
            Assert.That((double)pause["lostWrites"]!["value"]!, Is.Zero);
            Assert.That((double)pause["doubledWrites"]!["value"]!, Is.Zero);
            Assert.That((double)pause["wrongWrites"]!["value"]!, Is.Zero);
            Assert.That((double)pause["writePauseP95Ms"]!["value"]!, Is.Positive);
            Assert.That(result.Output, Does.Contain("sqlite-to-postgres-verified").And.Contain("are not judged"));
            Assert.That(Left, Is.Empty);
        }
    }

    [Test]
    public async Task Ended_by_a_signal_it_leaves_neither_servers_nor_files()
    {
        using var run = Start("--suite=database", "--rows=400000", "--repeat=1", "--only=sqlite-to-postgres");
        while (!run.HasExited && !Data.Any())
        {
            await Task.Delay(20);
        }

        run.Terminate();
        var result = await run.EndAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(130), result.ToString());
            Assert.That(Left, Is.Empty);
            Assert.That(ProcessTable.WithCommandLine(_folder.FullName), Is.Empty);
            Assert.That(Directory.Exists(Output), Is.False, "figures of a run that did not end are no figures");
        }
    }

    private IEnumerable<string> Left => Directory.EnumerateDirectories(Temporary, "seidra-bench-*");

    private IEnumerable<string> Data => Left.SelectMany(folder => Directory.EnumerateFiles(folder, "*.db"));

    private ProgramRun Start(params string[] arguments)
    {
        Directory.CreateDirectory(Temporary);
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Build.dll"), "--target=Bench", $"--output={Output}", .. arguments])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TMPDIR"] = Temporary;
        return new ProgramRun(Process.Start(start)!);
    }
}
