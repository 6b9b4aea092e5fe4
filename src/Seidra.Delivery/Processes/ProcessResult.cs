namespace Seidra.Delivery;

/// <summary>How a program ended. The caller judges the exit code.</summary>
/// <param name="ExitCode">The exit code; 128 + signal where a signal ended it.</param>
/// <param name="Duration">Wall time.</param>
/// <param name="Tail">The last lines of both streams (at most 50), redacted.</param>
/// <param name="Output">Standard output where <see cref="ProcessSpec.Capture"/> was set, else empty.</param>
public sealed record ProcessResult(int ExitCode, TimeSpan Duration, IReadOnlyList<string> Tail, string Output)
{
    /// <summary>Throws where the exit code is not 0.</summary>
    /// <param name="what">What the program was to do, for the message.</param>
    /// <param name="remedy">What to do next.</param>
    /// <returns>This result.</returns>
    /// <exception cref="DeliveryException">Exit code other than 0; carries the last lines.</exception>
    public ProcessResult OrThrow(string what, string remedy) => ExitCode == 0
        ? this
        : throw new DeliveryException($"{what}: expected exit code 0, found {ExitCode}. {remedy}{TailText()}");

    /// <summary>The last lines as an indented block that starts with a line break, or nothing.</summary>
    internal string TailText() => Tail.Count == 0 ? "" : string.Concat(Tail.TakeLast(15).Select(line => $"\n    {line}"));
}
