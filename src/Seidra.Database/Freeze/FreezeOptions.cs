namespace Seidra.Database;

/// <summary>The bounds of a write freeze.</summary>
public sealed record FreezeOptions
{
    /// <summary>After this time the freeze ends by itself.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>How long to wait for running transactions at a time; writers queue behind us that long at most.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often to try before giving up and naming who blocks.</summary>
    public int Attempts { get; init; } = 5;
}
