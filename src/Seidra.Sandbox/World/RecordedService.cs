using System.Diagnostics;
using System.Text.Json;
using Seidra.Sandbox.Machines;

namespace Seidra.Sandbox.World;

/// <summary>
/// A service that a run has put into operation, as it is written down in <c>services/*.json</c>. The world does for it
/// what a machine's service manager does: starts it again after a boot, ends it with the machine.
/// </summary>
internal sealed record RecordedService(
    string Name, int Pid, long StartTicks, IReadOnlyList<string> Argv, string WorkingDirectory, string? EnvFile, string LogFile)
{
    // Redirection by a shell: the service outlives this process and must not hold its pipes.
    private const string Script = """log=$1; shift; exec "$@" </dev/null >>"$log" 2>&1""";

    // Whoever stops the service finds its children by this variable.
    private const string Marker = "SEIDRA_SERVICE_FILE";

    private ProcessIdentity Identity => new(Pid, StartTicks);

    /// <summary>The services recorded in the folder, by file; files that cannot be understood are logged and left alone.</summary>
    public static IReadOnlyDictionary<string, RecordedService> ReadAll(WorldLayout layout, Action<string> log)
    {
        var services = new SortedDictionary<string, RecordedService>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(layout.Services, "*.json"))
        {
            try
            {
                services[file] = JsonSerializer.Deserialize(File.ReadAllText(file), WorldJson.Default.RecordedService)!;
            }
            catch (Exception error) when (error is JsonException or IOException)
            {
                log($"{file} is no service record: {error.Message}");
            }
        }

        return services;
    }

    /// <summary>Whether the recorded process runs.</summary>
    public bool IsRunning => Identity.IsAlive;

    /// <summary>Starts the service where it does not run and writes its new process down.</summary>
    public void Boot(string file, Action<string> log)
    {
        // Process 0 is a start that was cut before its process was known: the run that made it finds it again.
        if (IsRunning || Pid == 0)
            return;
        string[] detached = Programs.Find("setsid") is { } setsid ? [setsid] : [];
        string[] shell = [.. detached, "/bin/sh", "-c", Script, Name, LogFile, .. Argv];
        var start = new ProcessStartInfo(shell[0], shell[1..]) { WorkingDirectory = WorkingDirectory };
        CleanEnvironment.Apply(start);
        foreach (var (name, value) in EnvironmentFile.Read(EnvFile))
            start.Environment[name] = value;
        start.Environment[Marker] = file;
        using var process = Process.Start(start)!;
        if (ProcessIdentity.Of(process.Id) is not { } identity)
        {
            log($"{Name} ended as soon as it was started; see {LogFile}");
            return;
        }

        var booted = this with { Pid = identity.Pid, StartTicks = identity.StartTicks };
        AtomicFile.Write(file, JsonSerializer.Serialize(booted, WorldJson.Default.RecordedService));
        log($"started {Name} again as process {identity.Pid}");
    }

    /// <summary>Ends the service. Its record stays: the next start of the world brings it back.</summary>
    public Task StopAsync() => Identity.StopAsync(TimeSpan.FromSeconds(5));
}
