using Seidra.Configuration;
using Seidra.Cutover.Steps;
using Seidra.Journal;

namespace Seidra.Cutover.Hosting;

/// <summary>The documented exit codes, and which error ends a run with which.</summary>
public static class ExitCodes
{
    /// <summary>A step failed; Classic still serves.</summary>
    public const int StepFailed = 1;

    /// <summary>Wrong usage or settings; nothing was changed.</summary>
    public const int Usage = 2;

    /// <summary>A gate said no, or a person's approval is awaited.</summary>
    public const int GateRefused = 3;

    /// <summary>Failed after the write freeze began, and was rolled back: Classic serves again.</summary>
    public const int RolledBack = 4;

    /// <summary>A check compared nothing: neither green nor red.</summary>
    public const int Inconclusive = 5;

    /// <summary>Another run holds the lock of the state folder.</summary>
    public const int LockHeld = 6;

    /// <summary>The run was cancelled by a signal.</summary>
    public const int Cancelled = 130;

    /// <summary>The exit code that <paramref name="error"/> ends the run with.</summary>
    public static int Of(Exception error) => error switch
    {
        StepException step => step.ExitCode,
        LockHeldException => LockHeld,
        SettingsException or JournalInstanceException => Usage,
        OperationCanceledException => Cancelled,
        _ => StepFailed,
    };
}
