namespace Seidra.Delivery;

/// <summary>Options of <c>up</c>, by their official names.</summary>
public sealed record ComposeUpOptions
{
    /// <summary>Run in the background.</summary>
    public bool Detach { get; init; } = true;

    /// <summary>Wait until services are running or healthy; needs a Compose that can (<see cref="ComposeTool.CanWait"/>).</summary>
    public bool Wait { get; init; }

    /// <summary>The longest to wait, with <see cref="Wait"/>.</summary>
    public TimeSpan? WaitTimeout { get; init; }

    /// <summary>Build images before starting.</summary>
    public bool Build { get; init; }

    /// <summary>When to pull: always, missing, never; null: Compose's own choice.</summary>
    public string? Pull { get; init; }

    /// <summary>Remove containers of services that are no longer in the files.</summary>
    public bool RemoveOrphans { get; init; }
}

/// <summary>Options of <c>down</c>, by their official names.</summary>
public sealed record ComposeDownOptions
{
    /// <summary>Remove named volumes: this destroys data.</summary>
    public bool Volumes { get; init; }

    /// <summary>Remove containers of services that are no longer in the files.</summary>
    public bool RemoveOrphans { get; init; }

    /// <summary>Time for containers to end in order.</summary>
    public TimeSpan? Timeout { get; init; }
}

/// <summary>Options of <c>ps</c>, by their official names.</summary>
public sealed record ComposePsOptions
{
    /// <summary>Show stopped containers too.</summary>
    public bool All { get; init; }

    /// <summary>Output format, for instance json; Compose 2 only.</summary>
    public string? Format { get; init; }
}

/// <summary>Options of <c>logs</c>, by their official names.</summary>
public sealed record ComposeLogsOptions
{
    /// <summary>Go on with new lines.</summary>
    public bool Follow { get; init; }

    /// <summary>Lines of each service, from the end; null: all.</summary>
    public int? Tail { get; init; }

    /// <summary>Only newer lines, for instance 10m or a timestamp; Compose 2 only.</summary>
    public string? Since { get; init; }

    /// <summary>The services; none: all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];
}
