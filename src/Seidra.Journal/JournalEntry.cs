using System.Text.Json.Nodes;

namespace Seidra.Journal;

/// <summary>One line of the journal.</summary>
/// <param name="Seq">Number of the line, from 1.</param>
/// <param name="At">When it was written (UTC).</param>
/// <param name="Kind">What it tells, such as <c>step.passed</c>; see <see cref="EntryKind"/>.</param>
/// <param name="Step">The step it is about, if any.</param>
/// <param name="Data">The figures of that kind.</param>
public sealed record JournalEntry(long Seq, DateTimeOffset At, string Kind, string? Step, JsonObject Data);
