using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Quality;

namespace Seidra.Cutover.Tasks.Validation;

/// <summary>The coverage gate that backend and frontend share.</summary>
internal static class CoverageStep
{
    /// <exception cref="StepException">The coverage is below <paramref name="minimum"/> percent (exit 3).</exception>
    public static Outcome Judge(string report, double minimum)
    {
        var coverage = CoverageReport.Read(report);
        var verdict = CoverageGate.Judge(coverage, minimum);
        return verdict.Status is GateStatus.Failed
            ? throw new StepException(ExitCodes.GateRefused, verdict.Message)
            : Outcome.Verified(coverage.LinesValid, new { percent = Math.Round(coverage.Percent, 1), minimum, coverage.LinesCovered, coverage.LinesValid });
    }
}
