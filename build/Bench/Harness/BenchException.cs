namespace Seidra.Cutover.Bench;

/// <summary>A measurement did not come about; the message says what was expected and what was found.</summary>
internal sealed class BenchException(string message) : Exception(message);
