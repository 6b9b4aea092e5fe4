using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Cutover.Tasks.Checklist;
using Seidra.Journal;

namespace Seidra.Cutover.Tasks.Production;

/// <summary>Classic goes only after the grace period and with a person's word.</summary>
public static class ReleaseGate
{
    /// <exception cref="StepException">The grace period still runs, or nobody approved (exit 3).</exception>
    public static void Check(JournalSnapshot journal, int graceHours)
    {
        if (journal.Steps.GetValueOrDefault("SwitchTraffic") is not { Status: StepStatus.Passed, EndedAt: { } switchedAt })
        {
            throw new StepException(ExitCodes.GateRefused, "Classic is not released: clients were not moved to Ultimate. Go on with ./build.sh --target=Cutover, or take back what was done: ./build.sh --target=Rollback");
        }

        var due = switchedAt.AddHours(graceHours);
        var problems = new List<string>();
        if (DateTimeOffset.UtcNow < due)
        {
            problems.Add($"the grace period of {graceHours} h ends at {due:u}");
        }

        if (Approvals.Of(journal, "release-classic") is null)
        {
            problems.Add("nobody has approved it; run: ./build.sh --target=Approve --item=release-classic --as=NAME");
        }

        if (problems.Count > 0)
        {
            throw new StepException(ExitCodes.GateRefused, $"Classic is not released: {string.Join("; ", problems)}.");
        }
    }
}
