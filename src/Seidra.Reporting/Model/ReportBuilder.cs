using System.Text.Json;
using System.Text.Json.Nodes;
using Seidra.Journal;

namespace Seidra.Reporting;

/// <summary>Builds the report from the journal alone, so that nothing can be green that is not recorded.</summary>
public static class ReportBuilder
{
    // From worst to best; a line is as good as its worst step.
    private static readonly StepStatus[] Worst =
        [StepStatus.Failed, StepStatus.Inconclusive, StepStatus.Pending, StepStatus.Waived, StepStatus.Passed];

    /// <summary>Reads the report out of <paramref name="journal"/>.</summary>
    /// <param name="journal">What was recorded.</param>
    /// <param name="map">Which steps fulfil which line.</param>
    /// <param name="facts">What the journal does not know.</param>
    public static MigrationReport Build(JournalSnapshot journal, IReadOnlyList<GuideStep> map, ReportFacts facts)
    {
        var probe = journal.Facts.GetValueOrDefault("probe") as JsonObject;
        return new MigrationReport(
            facts,
            journal,
            [.. GuideCatalog.Lines.Select(id => Line(id, map, journal))],
            Tables(journal),
            Reasons(journal, "quarantinedByReason"),
            Reasons(journal, "notesByReason"),
            Media(journal),
            probe,
            Figure.Value(probe?["writePauseMs"]) ?? Figure.Value((journal.Facts.GetValueOrDefault("freeze") as JsonObject)?["pauseMs"]),
            Figure.Value(probe?["downtimeMs"]),
            DateTimeOffset.UtcNow);
    }

    private static GuideLine Line(string id, IReadOnlyList<GuideStep> map, JournalSnapshot journal)
    {
        var steps = map.Where(line => line.GuideId == id).Select(line => journal.Steps.GetValueOrDefault(line.Step) ?? NotRun(line.Step))
            .OrderBy(step => step.StartedAt ?? DateTimeOffset.MaxValue).ToList();
        return new GuideLine(
            id,
            Worst.FirstOrDefault(status => steps.Any(step => Shown(step) == status), StepStatus.Pending),
            steps,
            steps.Any(step => step.Status is StepStatus.None or StepStatus.Running or StepStatus.Undone));
    }

    // A step that never ran, was taken back, or was cut by a kill has proven nothing: it waits.
    private static StepStatus Shown(StepState step) =>
        step.Status is StepStatus.None or StepStatus.Running or StepStatus.Undone ? StepStatus.Pending : step.Status;

    private static StepState NotRun(string name) => new(name, StepStatus.None, null, null, null, null, null, null, null, TimeSpan.Zero, 0);

    // The last comparison of all rows counts: the one right before the freeze, or the first one where it has not come to that.
    private static IReadOnlyList<TableFigures> Tables(JournalSnapshot journal) =>
        Rows(journal, "compared") is JsonArray tables ? tables.Deserialize<List<TableFigures>>(JsonSerializerOptions.Web)! : [];

    private static IReadOnlyDictionary<string, long> Reasons(JournalSnapshot journal, string figure) =>
        (Rows(journal, figure) as JsonObject ?? []).ToDictionary(reason => reason.Key, reason => Count(reason.Value));

    private static JsonNode? Rows(JournalSnapshot journal, string figure) =>
        Figures(journal, "FreezeClassic")?[figure] ?? Figures(journal, "MigrateDatabase")?[figure];

    private static MediaFigures? Media(JournalSnapshot journal)
    {
        var sync = Figures(journal, "SyncMedia");
        var last = Figures(journal, "CatchUp") ?? sync;
        var check = Figures(journal, "CrossCheck");
        return sync is null || last is null ? null : new MediaFigures(
            Count(last["objects"]), Count(last["bytes"]), Count(sync["copied"]), Count(last["verified"]), Count(check?["missing"]), Count(check?["orphaned"]));
    }

    private static JsonObject? Figures(JournalSnapshot journal, string step) => journal.Steps.GetValueOrDefault(step)?.Evidence?.Figures;

    private static long Count(JsonNode? node) => (long)(Figure.Value(node) ?? 0);
}
