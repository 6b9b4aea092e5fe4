namespace Seidra.Journal;

/// <summary>One step as the journal tells it.</summary>
/// <param name="Name">The target name, such as <c>BackupDatabase</c>.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Inputs">SHA-256 (hex) of the canonical inputs of the last attempt.</param>
/// <param name="Evidence">What the last attempt verified; null while it runs and after an error.</param>
/// <param name="Undo">The newest undo not yet played; it outlives a failed or cut attempt.</param>
/// <param name="Reason">Resource key of why it is pending, or how it was undone.</param>
/// <param name="Error">Message of the failure.</param>
/// <param name="StartedAt">Begin of the last attempt.</param>
/// <param name="EndedAt">End of the last attempt; null while it runs or when its process died.</param>
/// <param name="Duration">Working time of the last ended attempt.</param>
/// <param name="Attempts">How often it was begun.</param>
public sealed record StepState(
    string Name,
    StepStatus Status,
    string? Inputs,
    Evidence? Evidence,
    UndoRecord? Undo,
    string? Reason,
    string? Error,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    TimeSpan Duration,
    int Attempts)
{
    /// <summary>
    /// Every undo recorded since the step was last undone, oldest first. An attempt that died after acting leaves its undo
    /// here even when a later attempt records another; a rollback plays them from the end.
    /// </summary>
    public IReadOnlyList<UndoRecord> Undos { get; init; } = Undo is null ? [] : [Undo];
}
