using System.Diagnostics;
using System.Text.Json.Nodes;
using Seidra.Journal;

namespace Seidra.EndToEnd.Tests;

/// <summary>The real program in a state folder of its own, started, killed and started again as an operator would.</summary>
public sealed class CutoverProgram : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seidra-e2e-");

    /// <summary>The state folder.</summary>
    public string State => Path.Combine(_folder.FullName, "state");

    /// <summary>The working directory, without any settings file.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Options that make a rehearsal small enough to be run many times.</summary>
    public static string[] Small { get; } = ["--rehearsal-rows=3000", "--rehearsal-objects=400"];

    /// <summary>What the journal says now.</summary>
    public JournalSnapshot Journal => MigrationJournal.Read(State);

    /// <summary>The report that the last run left.</summary>
    public JsonNode Report => JsonNode.Parse(File.ReadAllText(Path.Combine(State, "report", "report.json")))!;

    /// <summary>Runs to the end.</summary>
    public async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        using var run = Start(arguments);
        return await run.EndAsync();
    }

    /// <summary>Runs to the end a command that must succeed.</summary>
    public async Task<ProgramResult> SucceedAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        return result;
    }

    /// <summary>The status of one line of the guide in the last report.</summary>
    public string GuideStatus(string id) => (string)Report["guide"]!.AsArray().First(line => (string)line!["id"]! == id)!["status"]!;

    /// <summary>Starts and returns at once.</summary>
    public ProgramRun Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Build.dll"), $"--state={State}", .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new ProgramRun(Process.Start(start)!);
    }

    /// <summary>Waits until the journal says what is asked for.</summary>
    public async Task UntilAsync(Func<JournalSnapshot, bool> condition, ProgramRun run)
    {
        while (!run.HasExited && !condition(Journal))
        {
            await Task.Delay(2);
        }
    }

    /// <summary>Ends what a killed run left serving, and removes the folder.</summary>
    public void Dispose()
    {
        foreach (var left in ProcessTable.WithCommandLine(Folder))
        {
            ProcessTable.Kill(left.Pid);
        }

        _folder.Delete(recursive: true);
    }
}
