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
        var world = Path.Combine(State, "sandbox", "world.json");
        if (File.Exists(world) && JsonNode.Parse(File.ReadAllText(world))?["pid"] is { } pid)
        {
            try
            {
                Process.GetProcessById(pid.GetValue<int>()).Kill(entireProcessTree: true);
            }
            catch (ArgumentException)
            {
                // It has ended by itself.
            }
        }

        _folder.Delete(recursive: true);
    }
}
