namespace Seidra.Database;

/// <summary>How changes shall be noted.</summary>
public sealed record CaptureOptions
{
    /// <summary>The way to take; null for logical replication where it is possible, triggers where it is not.</summary>
    public CaptureKind? Prefer { get; init; }
}
