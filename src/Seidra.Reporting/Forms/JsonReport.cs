using System.Text.Encodings.Web;
using System.Text.Json;
using Seidra.Journal;

namespace Seidra.Reporting;

/// <summary>The report for scripts; its keys are stable and its content does not depend on the language.</summary>
public static class JsonReport
{
    /// <summary>Rises when a key changes its meaning or goes away.</summary>
    public const int SchemaVersion = 1;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The report as one JSON object.</summary>
    public static string Render(MigrationReport report) => JsonSerializer.Serialize(
        new
        {
            schemaVersion = SchemaVersion,
            instance = report.Journal.Instance,
            profile = report.Facts.Profile,
            rehearsal = report.IsRehearsal,
            qualityIsStandIn = report.Facts.StandInQuality,
            version = report.Facts.Version,
            generatedAt = report.GeneratedAt,
            outcome = report.Outcome,
            guide = report.Guide.Select(line => new
            {
                line.Id,
                step = line.StepNames,
                status = Word(line.Status),
                evidence = new { text = line.EvidenceText("en"), figures = line.Steps.ToDictionary(step => step.Name, step => step.Evidence?.Figures) },
                durationMs = Round(line.Duration),
            }),
            report.WritePauseMs,
            probe = report.Probe,
            database = new { report.Tables, report.QuarantinedByReason, report.NotesByReason },
            media = report.Media,
            report.DowntimeMs,
            steps = report.Journal.Steps.Values.OrderBy(step => step.StartedAt).Select(step => new
            {
                step.Name,
                status = Word(step.Status),
                step.StartedAt,
                step.EndedAt,
                durationMs = Round(step.Duration),
                step.Attempts,
                step.Error,
                step.Reason,
            }),
            report.Journal.Runs,
            journalHead = report.Journal.Head,
        },
        Options) + "\n";

    private static string Word(StepStatus status) => status.ToString().ToLowerInvariant();

    private static double Round(TimeSpan span) => Math.Round(span.TotalMilliseconds, 1);
}
