namespace Seidra.Cutover.Steps;

/// <summary>A step or a gate ended the run; the exit code tells scripts how.</summary>
public sealed class StepException : Exception
{
    /// <summary>Ends the run with <paramref name="exitCode"/>.</summary>
    /// <param name="exitCode">One of the documented exit codes.</param>
    /// <param name="message">What was expected, what was found, what to run next.</param>
    /// <param name="inner">The error behind it, if there was one.</param>
    public StepException(int exitCode, string message, Exception? inner = null)
        : base(message, inner)
    {
        ExitCode = exitCode;
        // Where the host looks for it: Cake's own exception with an exit code is sealed.
        Data["ExitCode"] = exitCode;
    }

    /// <summary>The exit code of the process.</summary>
    public int ExitCode { get; }
}
