using System.Diagnostics;
using Seidra.Cutover.Hosting;
using Seidra.Journal;

namespace Seidra.Cutover.Steps;

/// <summary>
/// Does for every step what none should write again: skip what is done and still holds, ask the gates, put the undo on
/// disk before acting, act, and record evidence, failure or the reason for waiting.
/// </summary>
public sealed class StepRunner(MigrationJournal journal, IRunConsole console, IWriteFreezeWindow freeze, CancellationToken cancellation)
{
    /// <summary>Runs one step to its end.</summary>
    /// <exception cref="StepException">The gate refused (3), the check compared nothing (5), or the step failed (1, after the freeze 4).</exception>
    public async Task RunAsync(StepDefinition step)
    {
        cancellation.ThrowIfCancellationRequested();
        var clock = Stopwatch.StartNew();
        try
        {
            Gate.Check(step, journal.Snapshot);
            var inputs = CanonicalJson.Sha256(Figures.Of(step.Inputs()));
            if (await IsDoneAsync(step, inputs))
            {
                console.Reused(step.Name);
                return;
            }

            journal.StepStarted(step.Name, inputs);
            if (step.Undo() is { } undo)
            {
                journal.UndoRecorded(step.Name, undo);
            }

            Record(step.Name, await step.Act(), clock.Elapsed);
        }
        catch (Exception error)
        {
            throw await FailAsync(step.Name, error, clock.Elapsed);
        }
    }

    private async Task<bool> IsDoneAsync(StepDefinition step, string inputs) =>
        journal.Snapshot.Steps.TryGetValue(step.Name, out var known)
        && known.Status is StepStatus.Passed or StepStatus.Waived
        && known.Inputs == inputs
        && await step.StillHolds(known);

    private void Record(string step, Outcome outcome, TimeSpan duration)
    {
        if (outcome.Evidence is not { } evidence)
        {
            journal.StepPending(step, outcome.PendingReason!);
            console.Pending(step, outcome.PendingReason!);
            return;
        }

        if (evidence.Checked > 0)
        {
            journal.StepPassed(step, evidence, duration);
            console.Passed(step, evidence, duration);
            return;
        }

        journal.StepInconclusive(step, evidence, duration);
        throw new StepException(
            ExitCodes.Inconclusive,
            $"{step} is inconclusive: expected at least one thing to compare, found 0. Look at the settings it reads, then run the same command again.");
    }

    private async Task<Exception> FailAsync(string step, Exception error, TimeSpan duration)
    {
        var frozen = freeze.IsHeld || freeze.HasExpired;
        var reason = freeze.HasExpired ? "The write freeze reached its deadline before the switch was done." : error.Message;
        var releaseError = await ReleaseAsync();
        var cancelled = cancellation.IsCancellationRequested && error is OperationCanceledException;
        var code = cancelled ? ExitCodes.Cancelled : frozen ? ExitCodes.RolledBack : ExitCodes.Of(error);
        var known = journal.Snapshot.Steps.GetValueOrDefault(step);
        if (known?.Status is StepStatus.Running)
        {
            journal.StepFailed(step, reason, duration, code);
        }

        if (cancelled)
        {
            return error;
        }

        var message = frozen ? $"{reason} The write freeze was released: Classic serves again." : reason;
        return releaseError is null
            ? new StepException(code, message, error)
            : new StepException(code, $"{reason} Releasing the write freeze failed too: {releaseError.Message}", new AggregateException(error, releaseError));
    }

    private async Task<Exception?> ReleaseAsync()
    {
        try
        {
            await freeze.ReleaseAsync();
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }
}
