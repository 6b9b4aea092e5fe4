using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Quality;

namespace Seidra.Cutover.Tasks.Validation;

/// <summary>The coverage gate that backend and frontend share.</summary>
internal static class CoverageStep
{
    /// <exception cref="StepException">The coverage is below <paramref name="minimum"/> percent (exit 3).</exception>
    public static Outcome Judge(IValidationContext context, string report, double minimum)
    {
        // A report that is older than the battery's own start measured something else.
        var coverage = CoverageReport.Read(
            Path.Combine(context.Clone, report), Path.Combine(context.Clone, context.Settings.Quality.Reports), context.StartOf("RunQa"));
        var verdict = CoverageGate.Judge(coverage, (decimal)minimum);
        return verdict.Outcome is GateOutcome.Failed
            ? throw new StepException(ExitCodes.GateRefused, verdict.Message)
            : Outcome.Verified(coverage.LinesValid, new { percent = coverage.Percent, minimum, coverage.LinesCovered, coverage.LinesValid });
    }
}
