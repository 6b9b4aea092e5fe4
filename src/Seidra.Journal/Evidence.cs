using System.Text.Json.Nodes;

namespace Seidra.Journal;

/// <summary>What a step verified. Nothing is green because a command exited 0; it is green because of this.</summary>
/// <param name="Checked">Number of things compared. 0 is never green: <see cref="MigrationJournal.StepPassed"/> refuses it.</param>
/// <param name="Figures">Named figures of the step (rows, objects, percentages); names carry units, such as <c>pauseMs</c>.</param>
/// <param name="Variant">Which sentence of the report tells these figures, where a step has more than one.</param>
public sealed record Evidence(long Checked, JsonObject Figures, string? Variant = null);
