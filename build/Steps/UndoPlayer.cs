using System.Text.Json;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Movement;
using Seidra.Database;
using Seidra.Delivery;
using Seidra.Journal;

namespace Seidra.Cutover.Steps;

/// <summary>Plays the undo records of the journal in reverse order; can be repeated, goes on where one fails.</summary>
public sealed class UndoPlayer(
    MigrationJournal journal, IRunConsole console, DatabaseEndpoint classic, ITrafficSwitch? traffic, WayBack wayBack, IReadOnlyDictionary<string, Stack> stacks, bool acceptLoss)
{
    /// <summary>Takes back every step that has an undo record and was not taken back yet.</summary>
    /// <exception cref="StepException">Ultimate has writes that Classic has not (exit 3), or an undo failed (exit 1); all are named.</exception>
    public async Task PlayAsync(CancellationToken cancellation)
    {
        var steps = Pending(journal.Snapshot).ToList();
        if (steps.Count == 0)
        {
            console.Line("Nothing to take back: no step of this journal has an undo that was not played.");
            return;
        }

        var cameBack = await BringBackAsync(cancellation);
        var problems = new List<string>();
        foreach (var step in steps)
        {
            try
            {
                console.Line($"{step.Name}: {await PlayAsync(step.Undo!, cancellation)}");
                journal.StepUndone(step.Name, step.Undo!.Kind);
            }
            catch (Exception error) when (error is DatabaseException or DeliveryException or IOException or UnauthorizedAccessException)
            {
                problems.Add($"{step.Name} ({step.Undo!.Kind}): {error.Message}");
            }
        }

        if (cameBack && problems.Count == 0)
        {
            // Ultimate's services are stopped: nobody can be acknowledged there any more.
            await wayBack.ReopenAsync(cancellation);
        }

        if (problems.Count > 0)
        {
            throw new StepException(ExitCodes.StepFailed, $"Rollback is not complete; run it again after mending:\n  - {string.Join("\n  - ", problems)}");
        }
    }

    /// <summary>The steps that a rollback would take back, the newest first.</summary>
    public static IEnumerable<StepState> Pending(JournalSnapshot journal) => journal.Steps.Values
        .Where(step => step.Undo is not null && step.Status is not StepStatus.Undone)
        .OrderByDescending(step => step.StartedAt);

    // Once clients write to Ultimate, going back brings their writes along; where that is not possible, only a person's explicit
    // word gives them up. A run may have been killed between the switch and its record, so the door is asked too.
    private async Task<bool> BringBackAsync(CancellationToken cancellation)
    {
        if (acceptLoss)
        {
            return false;
        }

        var recorded = journal.Snapshot.Steps.GetValueOrDefault("SwitchTraffic") is { Status: StepStatus.Passed, EndedAt: { } at } ? $" since {at:u}" : null;
        if (recorded is null && (traffic is null || await traffic.CurrentAsync(cancellation) != "ultimate"))
        {
            return false;
        }

        var back = await wayBack.RunAsync(cancellation) ?? throw new StepException(
            ExitCodes.GateRefused,
            $"Clients have been writing to Ultimate{recorded}, and no way back was armed at the switch: going back to Classic would lose those writes. Run with --accept-loss only if that is agreed.");
        journal.Fact("wayBack", JsonSerializer.SerializeToNode(back, JsonSerializerOptions.Web)!);
        console.Line($"Way back: {back.Returned} rows returned to Classic, {back.Verified} compared, {back.Kept} values kept aside; writes were held for {back.Pause.TotalMilliseconds:0} ms");
        return true;
    }

    private async Task<string> PlayAsync(UndoRecord undo, CancellationToken cancellation)
    {
        switch (undo.Kind)
        {
            case Undos.Folder:
                var folder = (string)undo.Data["path"]!;
                if (Directory.Exists(folder))
                {
                    Directory.Delete(folder, recursive: true);
                }

                return $"removed {folder}";
            case Undos.File:
                File.Delete((string)undo.Data["path"]!);
                return $"removed {undo.Data["path"]}";
            case Undos.Stack:
                var stack = stacks[(string)undo.Data["stack"]!];
                await stack.Runtime.StopAsync(cancellation);
                return $"stopped {stack.Name}";
            case Undos.Capture:
                await MigrationTraces.RemoveCaptureAsync(classic, cancellation);
                return "Classic's database notes its changes no more";
            case Undos.Freeze:
                await WriteFreeze.LiftAsync(classic, cancellation);
                await BackToClassicAsync(cancellation);
                return "Classic has its writes and its clients";
            default:
                return (string?)undo.Data["why"] ?? undo.Kind;
        }
    }

    private async Task BackToClassicAsync(CancellationToken cancellation)
    {
        if (traffic is not null)
        {
            await traffic.SwitchAsync("classic", cancellation);
            await traffic.ReleaseAsync(cancellation);
        }
    }
}
