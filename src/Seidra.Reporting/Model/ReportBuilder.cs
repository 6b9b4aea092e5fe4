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
            Media(journal),
            probe,
            Milliseconds(probe?["writePauseMs"]) ?? Milliseconds((journal.Facts.GetValueOrDefault("freeze") as JsonObject)?["pauseMs"]),
            Milliseconds(probe?["downtimeMs"]),
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

    private static IReadOnlyList<TableFigures> Tables(JournalSnapshot journal) =>
        (Figures(journal, "CatchUp") ?? Figures(journal, "MigrateDatabase"))?["tables"] is JsonArray tables
            ? tables.Deserialize<List<TableFigures>>(JsonSerializerOptions.Web)!
            : [];

    private static MediaFigures? Media(JournalSnapshot journal)
    {
        var sync = Figures(journal, "SyncMedia");
        var last = Figures(journal, "CatchUp") ?? sync;
        var check = Figures(journal, "CrossCheck");
        return sync is null || last is null ? null : new MediaFigures(
            Long(last["objects"]), Long(last["bytes"]), Long(sync["copied"]), Long(last["verified"]), Long(check?["missing"]), Long(check?["orphaned"]));
    }

    private static JsonObject? Figures(JournalSnapshot journal, string step) => journal.Steps.GetValueOrDefault(step)?.Evidence?.Figures;

    private static long Long(JsonNode? node) => node?.GetValue<long>() ?? 0;

    private static double? Milliseconds(JsonNode? node) => node?.GetValue<double>();
}
