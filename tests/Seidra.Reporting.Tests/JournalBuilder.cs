using System.Text.Json.Nodes;
using Seidra.Journal;

namespace Seidra.Reporting.Tests;

/// <summary>Writes a real journal step by step and reads it back.</summary>
internal sealed class JournalBuilder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seidra-report-");
    private readonly SettableClock _clock = new(new DateTimeOffset(2026, 11, 23, 9, 30, 0, TimeSpan.Zero));
    private readonly MigrationJournal _journal;

    public JournalBuilder(string instance = "studio-lumière") => _journal = MigrationJournal.Open(_folder.FullName, instance, _clock);

    public JournalSnapshot Snapshot => _journal.Snapshot;

    public DateTimeOffset Now => _clock.GetUtcNow();

    public void Wait(double milliseconds) => _clock.Advance(milliseconds);

    public void RunStarted(string id, string user = "claire", string host = "ops-01") =>
        _journal.RunStarted(new RunInfo(id, "Cutover", "embedded", "0.1.0", host, 4711, user, Now));

    public void RunEnded(int exitCode) => _journal.RunEnded(exitCode, exitCode == 0 ? "done" : "failed");

    public void Passed(string step, double milliseconds, object figures, string? variant = null)
    {
        Started(step, milliseconds);
        _journal.StepPassed(step, new Evidence(1, Json(figures), variant), TimeSpan.FromMilliseconds(milliseconds));
    }

    public void Inconclusive(string step, double milliseconds, object figures)
    {
        Started(step, milliseconds);
        _journal.StepInconclusive(step, new Evidence(0, Json(figures)), TimeSpan.FromMilliseconds(milliseconds));
    }

    public void Failed(string step, double milliseconds, string error)
    {
        Started(step, milliseconds);
        _journal.StepFailed(step, error, TimeSpan.FromMilliseconds(milliseconds), 1);
    }

    public void Pending(string step, string reason)
    {
        Started(step, 1);
        _journal.StepPending(step, reason);
    }

    public void Started(string step, double milliseconds)
    {
        _journal.StepStarted(step, new string('a', 64));
        _clock.Advance(milliseconds);
    }

    public void Undone(string step, string how) => _journal.StepUndone(step, how);

    public void Fact(string name, object value) => _journal.Fact(name, Json(value));

    public void Dispose()
    {
        _journal.Dispose();
        _folder.Delete(recursive: true);
    }

    private static JsonObject Json(object value) => value as JsonObject ?? (JsonObject)System.Text.Json.JsonSerializer.SerializeToNode(value)!;
}
