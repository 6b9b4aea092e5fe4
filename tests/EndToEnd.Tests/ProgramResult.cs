namespace Seidra.EndToEnd.Tests;

/// <summary>How a run ended.</summary>
/// <param name="ExitCode">The exit code that the shell sees.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
public sealed record ProgramResult(int ExitCode, string Output, string Errors)
{
    /// <inheritdoc/>
    public override string ToString() => $"exit {ExitCode}\n--- stdout\n{Output}\n--- stderr\n{Errors}";
}
