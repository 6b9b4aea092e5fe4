using System.Globalization;
using System.Text.Json;

namespace Seidra.Delivery;

/// <summary>One container of a stack, as the docker daemon sees it.</summary>
/// <param name="Id">Container id.</param>
/// <param name="Service">Name of its service.</param>
/// <param name="Status">created, running, restarting, exited, dead, paused, removing.</param>
/// <param name="ExitCode">Exit code of its last end.</param>
/// <param name="Restarts">Times the daemon restarted it.</param>
/// <param name="Health">starting, healthy, unhealthy; empty where it has no health check.</param>
internal sealed record ContainerState(string Id, string Service, string Status, int ExitCode, int Restarts, string Health)
{
    /// <summary>
    /// Go template for docker inspect that prints what is needed and no container's environment. The state as JSON, because
    /// docker 28 refuses to name a member (Health) that a container lacks.
    /// </summary>
    public const string Template = "{{.Id}}|{{index .Config.Labels \"com.docker.compose.service\"}}|{{.RestartCount}}|{{json .State}}";

    /// <summary>Reads one line of the template; null for any other line.</summary>
    public static ContainerState? Parse(string line)
    {
        if (line.Trim().Split('|', 4) is not [var id, var service, var restarts, var json] || !int.TryParse(restarts, CultureInfo.InvariantCulture, out var count)) return null;
        try
        {
            var state = JsonSerializer.Deserialize<State>(json)!;
            return new ContainerState(id, service, state.Status, state.ExitCode, count, state.Health?.Status is { } said and not "none" ? said : "");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Running, and healthy where it can tell; a job that ended well counts too.</summary>
    public bool IsReady => Status == "running" ? Health is "" or "healthy" : IsDone;

    /// <summary>A one-shot service that ended with exit code 0.</summary>
    public bool IsDone => Status == "exited" && ExitCode == 0;

    /// <summary>Why it will not become ready by waiting, or null.</summary>
    public string? Failure => (Status, Health) switch
    {
        ("exited", _) when ExitCode != 0 => $"{Service} exited with code {ExitCode}",
        ("dead", _) => $"{Service} is dead",
        ("running", "unhealthy") => $"{Service} is unhealthy",
        _ when Restarts > 3 => $"{Service} restarts again and again (last exit code {ExitCode})",
        _ => null,
    };

    /// <summary>For messages: the service and its state.</summary>
    public string Describe() => $"{Service} {Status}{(Health.Length > 0 ? $" ({Health})" : "")}";

    // The members of docker's own state object that matter here.
    private sealed record State(string Status, int ExitCode, StateHealth? Health);

    private sealed record StateHealth(string Status);
}
