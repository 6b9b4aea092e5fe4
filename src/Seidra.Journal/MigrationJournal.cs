using System.Text.Json.Nodes;

namespace Seidra.Journal;

/// <summary>
/// The memory of a migration: an append-only file of JSON lines, each with the SHA-256 of the one before, each on disk before
/// the call that writes it returns. One writer (see <see cref="RunLock"/>), any number of readers. Thread-safe.
/// </summary>
public sealed class MigrationJournal : IDisposable
{
    /// <summary>Version of the line format and of the meaning of the kinds.</summary>
    public const int Schema = 1;

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly JournalFile _file;
    private readonly JournalReplay _replay;

    private MigrationJournal(JournalFile file, JournalReplay replay, TimeProvider clock) =>
        (_file, _replay, _clock) = (file, replay, clock);

    /// <summary>SHA-256 (hex) of the last line.</summary>
    public string Head => Snapshot.Head;

    /// <summary>The state after the last line.</summary>
    public JournalSnapshot Snapshot
    {
        get
        {
            lock (_gate)
                return _replay.Snapshot;
        }
    }

    /// <summary>
    /// Opens the journal of a state folder, checks every line and replays it. Creates folder (0700) and file (0600) where
    /// missing. A last line that a crash tore is moved to <c>journal.torn-N</c> and noted as an entry.
    /// </summary>
    /// <param name="stateDirectory">The state folder.</param>
    /// <param name="instance">The migration that the journal must belong to.</param>
    /// <param name="clock">Source of time stamps; the system's by default.</param>
    /// <exception cref="JournalDamagedException">Any damage other than a torn last line.</exception>
    /// <exception cref="JournalInstanceException">The journal of another migration; nothing was changed.</exception>
    /// <exception cref="JournalException">A folder that cannot be used.</exception>
    public static MigrationJournal Open(string stateDirectory, string instance, TimeProvider? clock = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(instance);
        var file = JournalFile.Open(StateFolder.Prepare(stateDirectory));
        try
        {
            var scan = file.Scan();
            if (scan.Replay.Snapshot.Instance is { } found && found != instance)
                throw new JournalInstanceException(file.Path, instance, found);
            var journal = new MigrationJournal(file, scan.Replay, clock ?? TimeProvider.System);
            var tornFile = file.CutTail(scan);
            if (scan.Replay.Lines == 0)
                journal.Append(EntryKind.Created, null, new JsonObject { ["schema"] = Schema, ["instance"] = instance });
            if (tornFile is not null)
                journal.Append(EntryKind.Recovered, null, new JsonObject { ["bytes"] = scan.Tail.Length, ["file"] = tornFile });
            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads the journal of a state folder without lock and without changing anything, also while a run writes it.</summary>
    /// <param name="stateDirectory">The state folder.</param>
    /// <returns>The state; <see cref="JournalSnapshot.Empty"/> where there is no journal.</returns>
    /// <exception cref="JournalDamagedException">Any damage; a torn last line is only left out.</exception>
    /// <exception cref="JournalException">A folder that cannot be read.</exception>
    public static JournalSnapshot Read(string stateDirectory) => JournalFile.Read(Path.GetFullPath(stateDirectory));

    /// <summary>Notes that a run begins.</summary>
    /// <param name="run">Who runs what where.</param>
    public void RunStarted(RunInfo run) => Append(EntryKind.RunStarted, null, EntryData.Of(run));

    /// <summary>Notes that the run ended in order.</summary>
    /// <param name="exitCode">The exit code it returns.</param>
    /// <param name="outcome">One word or line on how it ended.</param>
    public void RunEnded(int exitCode, string outcome) =>
        Append(EntryKind.RunEnded, null, new JsonObject { ["exitCode"] = exitCode, ["outcome"] = outcome });

    /// <summary>Notes that an attempt of a step begins.</summary>
    /// <param name="step">The target name.</param>
    /// <param name="inputs">SHA-256 (hex) of its canonical inputs, see <see cref="CanonicalJson"/>.</param>
    public void StepStarted(string step, string inputs) =>
        Append(EntryKind.StepStarted, step, new JsonObject { ["inputs"] = inputs });

    /// <summary>Records how to take the running step back; on disk when this returns, so that the step may act.</summary>
    /// <param name="step">The running step.</param>
    /// <param name="undo">The way back.</param>
    /// <exception cref="InvalidOperationException">The step is not running.</exception>
    public void UndoRecorded(string step, UndoRecord undo) => Append(EntryKind.StepUndo, step, EntryData.Of(undo), mustRun: true);

    /// <summary>Notes that the running step is done and what it verified.</summary>
    /// <param name="step">The running step.</param>
    /// <param name="evidence">What was verified.</param>
    /// <param name="duration">Working time.</param>
    /// <exception cref="ArgumentOutOfRangeException">Evidence that compared nothing: that is inconclusive, never green.</exception>
    /// <exception cref="InvalidOperationException">The step is not running.</exception>
    public void StepPassed(string step, Evidence evidence, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(evidence.Checked, nameof(evidence));
        Append(EntryKind.StepPassed, step, EntryData.Of(evidence, duration), mustRun: true);
    }

    /// <summary>Notes that a step failed. Its undo stays.</summary>
    /// <param name="step">The step.</param>
    /// <param name="error">What was expected, what was found; never a secret.</param>
    /// <param name="duration">Working time.</param>
    /// <param name="exitCode">The exit code that this failure leads to.</param>
    public void StepFailed(string step, string error, TimeSpan duration, int exitCode) => Append(EntryKind.StepFailed, step,
        new JsonObject { ["error"] = error, ["durationMs"] = EntryData.Milliseconds(duration), ["exitCode"] = exitCode });

    /// <summary>Notes that the running step ended and proved nothing.</summary>
    /// <param name="step">The running step.</param>
    /// <param name="evidence">What was looked at.</param>
    /// <param name="duration">Working time.</param>
    /// <exception cref="InvalidOperationException">The step is not running.</exception>
    public void StepInconclusive(string step, Evidence evidence, TimeSpan duration) =>
        Append(EntryKind.StepInconclusive, step, EntryData.Of(evidence, duration), mustRun: true);

    /// <summary>Notes that a step waits.</summary>
    /// <param name="step">The step.</param>
    /// <param name="reason">Resource key of the reason, such as <c>notConfigured.workflows</c>.</param>
    public void StepPending(string step, string reason) => Append(EntryKind.StepPending, step, new JsonObject { ["reason"] = reason });

    /// <summary>Notes that a step was taken back; its undos are played.</summary>
    /// <param name="step">The step.</param>
    /// <param name="how">One line on how.</param>
    public void StepUndone(string step, string how) => Append(EntryKind.StepUndone, step, new JsonObject { ["how"] = how });

    /// <summary>Notes a named fact; the last value counts.</summary>
    /// <param name="name">Its name, such as <c>probe</c>.</param>
    /// <param name="value">Its value; copied. Never a secret.</param>
    public void Fact(string name, JsonNode value) =>
        Append(EntryKind.Fact, null, new JsonObject { ["name"] = name, ["value"] = value.DeepClone() });

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
            _file.Dispose();
    }

    private void Append(string kind, string? step, JsonObject data, bool mustRun = false)
    {
        lock (_gate)
        {
            if (mustRun && _replay.Snapshot.Steps.GetValueOrDefault(step!)?.Status != StepStatus.Running)
                throw new InvalidOperationException($"{kind} of {step}: the step must be running (StepStarted comes first).");
            var line = JournalLine.Format(new JournalEntry(_replay.Lines + 1, _clock.GetUtcNow(), kind, step, data), _replay.Head);
            // What is replayed is the very line, read back from its bytes: live state and state after a restart cannot differ.
            var entry = JournalLine.Parse(_file.Path, _replay.Lines + 1, _replay.Head, line);
            _file.Append(line, entry.Seq);
            _replay.Apply(entry, JournalLine.Hash(line));
        }
    }
}
