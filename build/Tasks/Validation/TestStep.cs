using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Quality;

namespace Seidra.Cutover.Tasks.Validation;

/// <summary>The gate on test reports that unit tests and journeys share.</summary>
internal static class TestStep
{
    /// <exception cref="StepException">A test failed (exit 3).</exception>
    public static Outcome Judge(TestResult tests)
    {
        var verdict = TestGate.Judge(tests);
        return verdict.Outcome is GateOutcome.Failed
            ? throw new StepException(ExitCodes.GateRefused, verdict.Message)
            : Outcome.Verified(tests.Passed, new { tests.Tests, tests.Passed, tests.Failed, tests.Skipped, tests.Flaky });
    }
}
