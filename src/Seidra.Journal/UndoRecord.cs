using System.Text.Json.Nodes;

namespace Seidra.Journal;

/// <summary>How to take a step back. It is on disk before the step acts.</summary>
/// <param name="Kind">The operation that undoes, such as <c>traffic.switch</c>.</param>
/// <param name="Data">All that the operation needs, so that it can run from the journal alone. Never a secret.</param>
public sealed record UndoRecord(string Kind, JsonObject Data);
