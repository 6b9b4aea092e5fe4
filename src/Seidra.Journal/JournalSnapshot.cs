using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Seidra.Journal;

/// <summary>The state of the migration after replay of a journal; immutable, safe to hand to other threads.</summary>
/// <param name="Instance">The migration this journal is bound to; null where there is no journal.</param>
/// <param name="Steps">Steps by name.</param>
/// <param name="Runs">Runs, oldest first.</param>
/// <param name="Facts">Last value of each named fact.</param>
/// <param name="Entries">Every line, oldest first.</param>
/// <param name="Head">SHA-256 (hex) of the last line: the one figure that stands for the whole journal.</param>
public sealed record JournalSnapshot(
    string? Instance,
    IReadOnlyDictionary<string, StepState> Steps,
    IReadOnlyList<RunInfo> Runs,
    IReadOnlyDictionary<string, JsonNode> Facts,
    IReadOnlyList<JournalEntry> Entries,
    string Head)
{
    /// <summary>The head of a journal without lines: 64 zeros.</summary>
    public const string EmptyHead = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>The state where there is no journal yet.</summary>
    public static JournalSnapshot Empty { get; } = new(
        null,
        ImmutableDictionary<string, StepState>.Empty,
        ImmutableList<RunInfo>.Empty,
        ImmutableDictionary<string, JsonNode>.Empty,
        ImmutableList<JournalEntry>.Empty,
        EmptyHead);
}
