namespace Seidra.Configuration;

/// <summary>How media are copied.</summary>
public sealed record MediaSettings
{
    /// <summary>Objects in flight at once.</summary>
    [Range(1, 256)]
    public int Parallelism { get; init; } = 16;
}
