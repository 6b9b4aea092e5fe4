namespace Seidra.Journal;

/// <summary>What one line does to the state of its step.</summary>
internal static class StepTransition
{
    public static StepState Unknown(string step) =>
        new(step, StepStatus.None, null, null, null, null, null, null, null, TimeSpan.Zero, 0);

    /// <summary>The state after the line; a kind of a later version leaves it as it is.</summary>
    public static StepState Apply(StepState state, JournalEntry entry) => entry.Kind switch
    {
        // The undo of an earlier attempt stays: what that attempt did may still stand.
        EntryKind.StepStarted => state with
        {
            Status = StepStatus.Running,
            Inputs = EntryData.Get<string>(entry, "inputs"),
            Evidence = null,
            Reason = null,
            Error = null,
            StartedAt = entry.At,
            EndedAt = null,
            Duration = TimeSpan.Zero,
            Attempts = state.Attempts + 1,
        },
        EntryKind.StepUndo => WithUndo(state, EntryData.Undo(entry)),
        EntryKind.StepPassed => Ended(state, entry, StepStatus.Passed) with { Evidence = EntryData.Evidence(entry) },
        EntryKind.StepInconclusive => Ended(state, entry, StepStatus.Inconclusive) with { Evidence = EntryData.Evidence(entry) },
        EntryKind.StepFailed => Ended(state, entry, StepStatus.Failed) with { Error = EntryData.Get<string>(entry, "error") },
        EntryKind.StepPending => Settled(state, entry, StepStatus.Pending) with { Reason = EntryData.Get<string>(entry, "reason") },
        EntryKind.StepUndone => Settled(state, entry, StepStatus.Undone) with { Reason = EntryData.Get<string>(entry, "how"), Undo = null, Undos = [] },
        _ => state,
    };

    private static StepState WithUndo(StepState state, UndoRecord undo) =>
        state with { Undo = undo, Undos = [.. state.Undos, undo] };

    private static StepState Ended(StepState state, JournalEntry entry, StepStatus status) =>
        Settled(state, entry, status) with { Duration = TimeSpan.FromMilliseconds(EntryData.Get<double>(entry, "durationMs")) };

    private static StepState Settled(StepState state, JournalEntry entry, StepStatus status) =>
        state with { Status = status, EndedAt = entry.At, Evidence = null, Reason = null, Error = null };
}
