namespace Seidra.Journal;

/// <summary>Where a step stands according to the journal.</summary>
public enum StepStatus
{
    /// <summary>Never begun.</summary>
    None,

    /// <summary>Begun and not ended: it works right now, or its process died.</summary>
    Running,

    /// <summary>Done, with evidence.</summary>
    Passed,

    /// <summary>Ended with an error.</summary>
    Failed,

    /// <summary>Ended, but what it found proves nothing (0 of 0 compared, for one).</summary>
    Inconclusive,

    /// <summary>A person decided, by name, to go on without it.</summary>
    Waived,

    /// <summary>Waits for something that is not configured or for a person; never green.</summary>
    Pending,

    /// <summary>Taken back by its undo.</summary>
    Undone,
}
