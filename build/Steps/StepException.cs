using Cake.Core;

namespace Seidra.Cutover.Steps;

/// <summary>A step or a gate ended the run; the exit code tells scripts how.</summary>
public sealed class StepException : CakeException
{
    /// <summary>Ends the run with <paramref name="exitCode"/>.</summary>
    public StepException(int exitCode, string message, Exception? inner = null)
        : base(exitCode, message, inner)
    {
    }
}
