using System.Text;
using System.Text.Json;
using Seidra.Cutover.Contexts;
using Seidra.Journal;
using Seidra.Reporting;

namespace Seidra.Cutover.Lifetime;

/// <summary>Where a migration stands, for people and for scripts.</summary>
/// <param name="Journal">What the journal says.</param>
/// <param name="Owner">Who holds the lock; <c>null</c> where nobody does.</param>
public sealed record RunStatus(JournalSnapshot Journal, LockOwner? Owner)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Reads journal and lock; touches neither.</summary>
    public static RunStatus Of(JournalSnapshot journal, StatePaths state) => new(journal, RunLock.Owner(state.Root));

    /// <summary>The command that goes on from here.</summary>
    public string Next => Owner is not null ? "./build.sh --target=Status"
        : Journal.Steps.GetValueOrDefault("FinalChecklist")?.Status is StepStatus.Passed ? "./build.sh --target=ReleaseClassic"
        : "./build.sh --target=Cutover";

    /// <summary>The state as JSON, one object.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            instance = Journal.Instance,
            lockedBy = Owner,
            steps = Journal.Steps.Values.OrderBy(step => step.StartedAt).Select(step => new
            {
                step.Name,
                status = StatusOf(step),
                figures = step.Evidence?.Figures,
                step.Reason,
                step.Error,
                step.StartedAt,
                durationMs = Math.Round(step.Duration.TotalMilliseconds, 1),
                step.Attempts,
                undo = step.Undo?.Kind,
            }),
            run = Journal.Runs.Count == 0 ? null : Journal.Runs[^1],
            head = Journal.Head,
            next = Next,
        },
        Indented) + Environment.NewLine;

    /// <summary>The state as text in <paramref name="language"/>.</summary>
    public string ToText(string language)
    {
        var text = new StringBuilder();
        text.AppendLine(Journal.Instance is null ? StepText.NoJournal(language) : Journal.Instance);
        foreach (var step in Journal.Steps.Values.OrderBy(step => step.StartedAt))
        {
            text.AppendLine(StepText.Status(step, language));
        }

        if (Owner is { } owner)
        {
            text.AppendLine(StepText.LockedBy(owner, language));
        }

        return text.AppendLine(StepText.Next(Next, language)).ToString();
    }

    private static string StatusOf(StepState step) => step.Status.ToString().ToLowerInvariant();
}
