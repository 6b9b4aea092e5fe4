using Seidra.Cutover.Hosting;
using Seidra.Journal;

namespace Seidra.Cutover.Steps;

/// <summary>
/// Asks the journal, not the run, whether the steps before this one stand: so <c>--exclusive</c> skips work, never a gate.
/// </summary>
public static class Gate
{
    /// <exception cref="StepException">A required step does not stand (exit 3); all of them are named.</exception>
    public static void Check(StepDefinition step, JournalSnapshot journal)
    {
        var missing = step.Requires.Where(name => !Stands(journal.Steps.GetValueOrDefault(name))).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        var found = string.Join(", ", missing.Select(name => $"{name} is {StatusOf(journal, name)}"));
        throw new StepException(
            ExitCodes.GateRefused,
            $"{step.Name} may not run: expected its steps before it to stand in the journal, found {found}. Run: ./build.sh --target={missing[0]}");
    }

    // A pending step waits for configuration or for people; it is never green, and it does not stop the steps after it.
    private static bool Stands(StepState? state) =>
        state?.Status is StepStatus.Passed or StepStatus.Waived or StepStatus.Pending;

    private static string StatusOf(JournalSnapshot journal, string name) =>
        (journal.Steps.GetValueOrDefault(name)?.Status ?? StepStatus.None) switch
        {
            StepStatus.None => "not yet run",
            var status => status.ToString().ToLowerInvariant(),
        };
}
