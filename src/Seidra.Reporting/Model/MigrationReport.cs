using System.Text.Json.Nodes;
using Seidra.Journal;

namespace Seidra.Reporting;

/// <summary>Everything that the three forms of the report say; language comes with the form.</summary>
/// <param name="Facts">What the journal does not know.</param>
/// <param name="Journal">What the journal says.</param>
/// <param name="Guide">Every line of the guide.</param>
/// <param name="Tables">The tables of the last comparison of rows.</param>
/// <param name="QuarantinedByReason">Rows in quarantine by reason.</param>
/// <param name="NotesByReason">Adjusted values of migrated rows by reason.</param>
/// <param name="Media">The totals of the last media pass; <c>null</c> before there was one.</param>
/// <param name="Probe">What the client probe counted; <c>null</c> where none ran.</param>
/// <param name="WritePauseMs">The write pause in milliseconds; <c>null</c> before there was one.</param>
/// <param name="DowntimeMs">The time without a good read in milliseconds; <c>null</c> where no probe ran.</param>
/// <param name="GeneratedAt">When the report was built, UTC.</param>
public sealed record MigrationReport(
    ReportFacts Facts,
    JournalSnapshot Journal,
    IReadOnlyList<GuideLine> Guide,
    IReadOnlyList<TableFigures> Tables,
    IReadOnlyDictionary<string, long> QuarantinedByReason,
    IReadOnlyDictionary<string, long> NotesByReason,
    MediaFigures? Media,
    JsonObject? Probe,
    double? WritePauseMs,
    double? DowntimeMs,
    DateTimeOffset GeneratedAt)
{
    /// <summary>Whether the migration was a rehearsal: such a report can never pass for a production one.</summary>
    public bool IsRehearsal => Facts.Profile != "settings";

    /// <summary>The notices that a reader must not miss, as resource keys.</summary>
    internal IEnumerable<string> Notices => new[] { IsRehearsal ? "Rehearsal" : null, Facts.StandInQuality ? "StandIn" : null }.OfType<string>();

    /// <summary>How many lines have <paramref name="status"/>.</summary>
    public int Count(StepStatus status) => Guide.Count(line => line.Status == status);

    /// <summary>The outcome in one word: failed, inconclusive, unfinished, pending or passed.</summary>
    public string Outcome =>
        Count(StepStatus.Failed) > 0 ? "failed"
        : Count(StepStatus.Inconclusive) > 0 ? "inconclusive"
        : Guide.Any(line => line.NotRun) ? "unfinished"
        : Count(StepStatus.Pending) > 0 ? "pending"
        : "passed";
}
