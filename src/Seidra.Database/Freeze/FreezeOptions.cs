namespace Seidra.Database;

/// <summary>How Classic's writes are held.</summary>
public sealed record FreezeOptions
{
    /// <summary>After this time Classic writes again, whatever became of this program.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long running transactions may take to finish before the freeze gives up.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
