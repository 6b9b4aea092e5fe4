using System.Diagnostics;

namespace Seidra.Delivery;

/// <summary>
/// Runs a stack with Docker Compose. Waits until every container is running and, where it has a health check, healthy; a
/// container without one must hold out for two looks. Volumes are never removed.
/// </summary>
/// <param name="runner">Runs Compose and docker.</param>
/// <param name="tool">The Compose at hand.</param>
/// <param name="project">The stack.</param>
/// <param name="log">Gets the lines of Compose and, on failure, of the sick services.</param>
public sealed class ComposeRuntime(ProcessRunner runner, ComposeTool tool, ComposeProject project, Action<string>? log = null) : IRuntime
{
    private const int LinesOfTheSick = 100;
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);
    private readonly ComposeClient _compose = new(tool, project);

    /// <summary>The longest from the start to health, building and pulling included.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(180);

    /// <summary>The longest to stop, the services' own graces included.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Pause between two looks at the containers.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Build images before starting.</summary>
    public bool Build { get; init; }

    /// <summary>The docker program.</summary>
    public string Docker { get; init; } = "docker";

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        var options = new ComposeUpOptions { Build = Build, RemoveOrphans = true, Wait = tool.CanWait, WaitTimeout = StartTimeout };
        var up = await RunAsync(_compose.Up(options), StartTimeout + TimeSpan.FromSeconds(15), cancellation);
        if (up.ExitCode != 0)
        {
            await ShowLogsAsync([.. (await StatesAsync(cancellation)).Where(state => !state.IsReady).Select(state => state.Service)], cancellation);
            up.OrThrow($"{project.ProjectName}: starting the stack", "Correct the Compose files or the .env file and run again.");
        }

        await WaitAsync(StartTimeout - clock.Elapsed, cancellation);
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellation = default)
    {
        // No --timeout: it would override the grace that the Compose file gives each service.
        var down = await RunAsync(_compose.Down(new ComposeDownOptions { RemoveOrphans = true }), StopTimeout, cancellation);
        down.OrThrow($"{project.ProjectName}: stopping the stack", "Look at it with: docker ps --all");
    }

    /// <inheritdoc />
    public async Task<bool> IsRunningAsync(CancellationToken cancellation = default)
    {
        var states = await StatesAsync(cancellation);
        return states.Any(state => state.Status == "running") && states.All(state => state.Status == "running" || state.IsDone);
    }

    private async Task WaitAsync(TimeSpan time, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        IReadOnlyList<ContainerState> before = [];
        while (true)
        {
            var states = await StatesAsync(cancellation);
            if (states.FirstOrDefault(state => state.Failure is not null) is { } sick)
            {
                await ShowLogsAsync([sick.Service], cancellation);
                throw new DeliveryException($"{project.ProjectName}: expected all services running and healthy, found: {sick.Failure}. Its last lines are in the log above; correct the service and run again.");
            }

            // Same containers, same restarts, ready twice: one that crashes at once would be "running" for a moment.
            if (states.Count > 0 && states.All(state => state.IsReady) && states.SequenceEqual(before)) return;
            if (clock.Elapsed >= time)
            {
                var waiting = states.Where(state => !state.IsReady).ToList();
                await ShowLogsAsync([.. waiting.Select(state => state.Service)], cancellation);
                throw new DeliveryException(
                    $"{project.ProjectName}: expected all services running and healthy within {StartTimeout.TotalSeconds:0} s, found: {(states.Count == 0 ? "no container" : string.Join(", ", (waiting.Count > 0 ? waiting : states).Select(state => state.Describe())))}. Raise startTimeoutSeconds in the settings, or correct the service.");
            }

            before = states;
            await Task.Delay(Interval, cancellation);
        }
    }

    // By docker itself: Compose 1 cannot print states in a form for programs, and the labels are the same in 1 and 2.
    private async Task<IReadOnlyList<ContainerState>> StatesAsync(CancellationToken cancellation)
    {
        var list = await DockerAsync(
            ["ps", "--all", "--quiet", "--no-trunc", "--filter", $"label=com.docker.compose.project={project.ProjectName}", "--filter", "label=com.docker.compose.oneoff=False"], cancellation);
        list.OrThrow($"{project.ProjectName}: asking docker for the containers", "Check that the docker daemon runs and that you may use it.");
        var ids = list.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (ids.Length == 0) return [];
        // A container that went away in between makes the exit code 1; the others are printed all the same.
        var inspected = await DockerAsync(["inspect", "--type", "container", "--format", ContainerState.Template, .. ids], cancellation);
        if (!inspected.Tail.All(line => line.Contains("No such", StringComparison.OrdinalIgnoreCase)))
        {
            inspected.OrThrow($"{project.ProjectName}: asking docker for the containers' states", "Check that the docker daemon runs and that you may use it.");
        }

        return [.. inspected.Output.Split('\n').Select(ContainerState.Parse).OfType<ContainerState>().OrderBy(state => state.Service, StringComparer.Ordinal).ThenBy(state => state.Id, StringComparer.Ordinal)];
    }

    private async Task ShowLogsAsync(IReadOnlyList<string> services, CancellationToken cancellation)
    {
        if (services.Count == 0) return;
        await RunAsync(_compose.Logs(new ComposeLogsOptions { Tail = LinesOfTheSick, Services = [.. services.Distinct()] }), AnswerTime, cancellation);
    }

    private Task<ProcessResult> RunAsync(IReadOnlyList<string> argv, TimeSpan timeout, CancellationToken cancellation) => runner.RunAsync(
        new ProcessSpec
        {
            FileName = argv[0],
            Arguments = [.. argv.Skip(1)],
            WorkingDirectory = project.Directory,
            Inherit = ComposeTool.Inherited,
            Timeout = timeout,
            Prefix = project.ProjectName,
            Redactions = Secrets(),
        },
        log,
        cancellation);

    // Services print their settings when they fail to start.
    private List<string> Secrets() =>
        [.. project.EnvFile.Select(file => Path.GetFullPath(file, project.Directory)).Where(File.Exists).SelectMany(file => DotEnv.Load(file).SecretValues())];

    private Task<ProcessResult> DockerAsync(IReadOnlyList<string> arguments, CancellationToken cancellation) => runner.RunAsync(
        new ProcessSpec { FileName = Docker, Arguments = arguments, Inherit = ComposeTool.Inherited, Timeout = AnswerTime, Capture = true }, null, cancellation);
}
