namespace Seidra.Configuration;

/// <summary>The production stack.</summary>
public sealed record ProductionSettings
{
    /// <summary>Address at which it answers; Ultimate's own by default.</summary>
    [Url(UrlKind.Http)]
    [DefaultsTo("ultimate.url")]
    public string Url { get; init; } = "";

    /// <summary>What starts it.</summary>
    public RuntimeKind Runtime { get; init; } = RuntimeKind.Compose;

    /// <summary>Compose file, relative to the clone.</summary>
    public string ComposeFile { get; init; } = "docker-compose.prod.yml";

    /// <summary>Program and arguments; for <see cref="RuntimeKind.Process"/>.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Longest time (s) from start to healthy.</summary>
    [Range(1, 3600)]
    public int StartTimeoutSeconds { get; init; } = 180;

    /// <summary>Healthy answers in a row that count as healthy.</summary>
    [Range(1, 100)]
    public int HealthSuccesses { get; init; } = 3;
}
