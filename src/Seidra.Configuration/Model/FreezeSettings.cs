namespace Seidra.Configuration;

/// <summary>The write freeze.</summary>
public sealed record FreezeSettings
{
    /// <summary>Seconds after which an unfinished freeze releases itself.</summary>
    [Range(1, 3600)]
    public int DeadlineSeconds { get; init; } = 30;

    /// <summary>Longest wait (ms) for the locks of the freeze.</summary>
    [Range(10, 600000)]
    public int LockTimeoutMs { get; init; } = 2000;

    /// <summary>Most catch-up passes before the freeze.</summary>
    [Range(1, 100)]
    public int CatchUpPasses { get; init; } = 5;
}
