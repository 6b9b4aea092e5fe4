using System.Text.Json.Nodes;

namespace Seidra.Journal;

/// <summary>The data of each kind of line, from and to JSON: both directions of a kind stand side by side.</summary>
internal static class EntryData
{
    public static JsonObject Of(Evidence evidence, TimeSpan duration) => new()
    {
        ["checked"] = evidence.Checked,
        ["figures"] = evidence.Figures.DeepClone(),
        ["variant"] = evidence.Variant,
        ["durationMs"] = Milliseconds(duration),
    };

    public static Evidence Evidence(JournalEntry entry) =>
        new(Get<long>(entry, "checked"), Node(entry, "figures").AsObject(), entry.Data["variant"]?.GetValue<string>());

    public static JsonObject Of(UndoRecord undo) => new() { ["kind"] = undo.Kind, ["data"] = undo.Data.DeepClone() };

    public static UndoRecord Undo(JournalEntry entry) => new(Get<string>(entry, "kind"), Node(entry, "data").AsObject());

    public static JsonObject Of(RunInfo run) => new()
    {
        ["id"] = run.Id,
        ["target"] = run.Target,
        ["profile"] = run.Profile,
        ["version"] = run.Version,
        ["host"] = run.Host,
        ["pid"] = run.Pid,
        ["user"] = run.User,
        ["startedAt"] = run.StartedAt.ToUniversalTime(),
    };

    public static RunInfo Run(JournalEntry entry) => new(
        Get<string>(entry, "id"),
        Get<string>(entry, "target"),
        Get<string>(entry, "profile"),
        Get<string>(entry, "version"),
        Get<string>(entry, "host"),
        Get<int>(entry, "pid"),
        Get<string>(entry, "user"),
        Get<DateTimeOffset>(entry, "startedAt"));

    /// <summary>Milliseconds with the three decimals that a clock can mean.</summary>
    public static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 3);

    public static T Get<T>(JournalEntry entry, string name) =>
        entry.Data[name] is JsonValue value && value.TryGetValue<T>(out var typed)
            ? typed
            : throw new FormatException($"no {typeof(T).Name} '{name}'");

    public static JsonNode Node(JournalEntry entry, string name) =>
        entry.Data[name] ?? throw new FormatException($"no '{name}'");
}
