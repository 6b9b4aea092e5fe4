namespace Seidra.Configuration;

/// <summary>The staging stack.</summary>
public sealed record StagingSettings
{
    /// <summary>Absolute path of the clone; null for <c>staging</c> in the state folder.</summary>
    [LocalPath]
    public string? Directory { get; init; }

    /// <summary>Address at which the staging stack answers.</summary>
    [Url(UrlKind.Http)]
    public string Url { get; init; } = "http://127.0.0.1:18000";

    /// <summary>What starts it.</summary>
    public RuntimeKind Runtime { get; init; } = RuntimeKind.Compose;

    /// <summary>Compose file, relative to the clone.</summary>
    public string ComposeFile { get; init; } = "docker-compose.dev.yml";

    /// <summary>Program and arguments; for <see cref="RuntimeKind.Process"/>.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Longest time (s) from start to healthy.</summary>
    [Range(1, 3600)]
    public int StartTimeoutSeconds { get; init; } = 180;
}
