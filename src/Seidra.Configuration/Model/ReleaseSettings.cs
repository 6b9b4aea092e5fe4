namespace Seidra.Configuration;

/// <summary>The release of Classic, its own target after a grace period.</summary>
public sealed record ReleaseSettings
{
    /// <summary>Hours after the switch before Classic may be released.</summary>
    [Range(0, 8760)]
    public int GraceHours { get; init; } = 72;

    /// <summary>Program and arguments that stop Classic's services; empty leaves the line pending.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];
}
