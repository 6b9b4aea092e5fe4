using System.Globalization;

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
    /// <summary>Go template for docker inspect that prints these six and nothing secret.</summary>
    public const string Template =
        "{{.Id}}|{{index .Config.Labels \"com.docker.compose.service\"}}|{{.State.Status}}|{{.State.ExitCode}}|{{.RestartCount}}|{{if .State.Health}}{{.State.Health.Status}}{{end}}";

    /// <summary>Reads one line of the template; null for any other line.</summary>
    public static ContainerState? Parse(string line) => line.Trim().Split('|') is [var id, var service, var status, var exit, var restarts, var health]
        && int.TryParse(exit, CultureInfo.InvariantCulture, out var exitCode) && int.TryParse(restarts, CultureInfo.InvariantCulture, out var count)
            ? new ContainerState(id, service, status, exitCode, count, health)
            : null;

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
}
