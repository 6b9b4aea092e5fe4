using System.Globalization;

namespace Seidra.Delivery;

/// <summary>Builds Compose command lines; runs nothing. What the Compose at hand does not know is refused, not left out.</summary>
/// <param name="tool">The Compose at hand.</param>
/// <param name="project">The stack.</param>
public sealed class ComposeClient(ComposeTool tool, ComposeProject project)
{
    /// <summary>Creates and starts the stack.</summary>
    /// <param name="options">Options of <c>up</c>.</param>
    /// <exception cref="DeliveryException">An option that this Compose lacks.</exception>
    public IReadOnlyList<string> Up(ComposeUpOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Wait && !tool.CanWait) throw Lacks("--wait");
        if (options.Pull is not null && !tool.IsModern) throw Lacks("up --pull");
        return
        [
            .. Head(), "up",
            .. Flag(options.Detach, "--detach"),
            .. Flag(options.Wait, "--wait"),
            .. Seconds("--wait-timeout", options.Wait ? options.WaitTimeout : null),
            .. Flag(options.Build, "--build"),
            .. Value("--pull", options.Pull),
            .. Flag(options.RemoveOrphans, "--remove-orphans"),
        ];
    }

    /// <summary>Stops and removes the stack's containers and networks.</summary>
    /// <param name="options">Options of <c>down</c>.</param>
    /// <exception cref="DeliveryException">An option that this Compose lacks.</exception>
    public IReadOnlyList<string> Down(ComposeDownOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return
        [
            .. Head(), "down",
            .. Flag(options.Volumes, "--volumes"),
            .. Flag(options.RemoveOrphans, "--remove-orphans"),
            .. Seconds("--timeout", options.Timeout),
        ];
    }

    /// <summary>Lists the stack's containers.</summary>
    /// <param name="options">Options of <c>ps</c>.</param>
    /// <exception cref="DeliveryException">An option that this Compose lacks.</exception>
    public IReadOnlyList<string> Ps(ComposePsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Format is not null && !tool.IsModern) throw Lacks("ps --format");
        return [.. Head(), "ps", .. Flag(options.All, "--all"), .. Value("--format", options.Format)];
    }

    /// <summary>Prints what the services printed.</summary>
    /// <param name="options">Options of <c>logs</c>.</param>
    /// <exception cref="DeliveryException">An option that this Compose lacks.</exception>
    public IReadOnlyList<string> Logs(ComposeLogsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Since is not null && !tool.IsModern) throw Lacks("logs --since");
        return
        [
            .. Head(), "logs", "--no-color",
            .. Flag(options.Follow, "--follow"),
            .. Value("--tail", options.Tail?.ToString(CultureInfo.InvariantCulture)),
            .. Value("--since", options.Since),
            .. options.Services,
        ];
    }

    private IEnumerable<string> Head()
    {
        if (project.EnvFile.Count > 1 && !tool.IsModern) throw Lacks("more than one --env-file");
        return
        [
            .. tool.Argv,
            .. project.File.SelectMany(file => Value("--file", file)),
            "--project-name", project.ProjectName,
            .. project.EnvFile.SelectMany(file => Value("--env-file", file)),
            .. project.Profile.SelectMany(profile => Value("--profile", profile)),
        ];
    }

    private static string[] Flag(bool on, string name) => on ? [name] : [];

    private static string[] Value(string name, string? value) => value is null ? [] : [name, value];

    private static string[] Seconds(string name, TimeSpan? time) =>
        Value(name, time is { } t ? Math.Max(1, (long)Math.Ceiling(t.TotalSeconds)).ToString(CultureInfo.InvariantCulture) : null);

    private DeliveryException Lacks(string option) =>
        new($"{string.Join(' ', tool.Argv)} {tool.Version}: does not know {option}. Install Docker Compose 2.18 or later.");
}
