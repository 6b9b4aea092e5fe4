namespace Seidra.Journal;

/// <summary>The kinds of lines that this version writes. Kinds it does not know are kept and ignored by the replay.</summary>
public static class EntryKind
{
    /// <summary>The first line: schema of the journal and instance it is bound to.</summary>
    public const string Created = "journal.created";

    /// <summary>A torn last line was cut off; names the file that keeps its bytes.</summary>
    public const string Recovered = "journal.recovered";

    /// <summary>A run began.</summary>
    public const string RunStarted = "run.started";

    /// <summary>The run ended in order.</summary>
    public const string RunEnded = "run.ended";

    /// <summary>An attempt of a step began.</summary>
    public const string StepStarted = "step.started";

    /// <summary>The undo of the step that is about to act.</summary>
    public const string StepUndo = "step.undo";

    /// <summary>The step is done, with evidence.</summary>
    public const string StepPassed = "step.passed";

    /// <summary>The step ended with an error.</summary>
    public const string StepFailed = "step.failed";

    /// <summary>The step ended and proved nothing.</summary>
    public const string StepInconclusive = "step.inconclusive";

    /// <summary>The step waits for something or somebody.</summary>
    public const string StepPending = "step.pending";

    /// <summary>The step was taken back.</summary>
    public const string StepUndone = "step.undone";

    /// <summary>A named fact about the migration.</summary>
    public const string Fact = "fact";
}
