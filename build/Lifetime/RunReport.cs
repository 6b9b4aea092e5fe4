using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Journal;
using Seidra.Reporting;

namespace Seidra.Cutover.Lifetime;

/// <summary>Writes the report in its three forms and prints the checklist; both come from the journal alone.</summary>
public static class RunReport
{
    /// <summary>Writes and prints what <paramref name="journal"/> says.</summary>
    public static async Task WriteAsync(RunRequest request, JournalSnapshot journal, bool standIn, TextWriter output)
    {
        var report = ReportBuilder.Build(
            journal,
            [.. StepCatalog.GuideMap.Where(line => line.Step != "ReleaseClassic").Select(line => new GuideStep(line.GuideId, line.Step))],
            new ReportFacts(ProgramInfo.Version, request.Profile, standIn));
        var files = await ReportWriter.WriteAsync(report, request.State.Report, request.Language);
        await output.WriteAsync(ChecklistText.Render(report, request.Language, Width(), color: !Console.IsOutputRedirected));
        await output.WriteLineAsync(files.Html);
    }

    private static int Width() => Console.IsOutputRedirected ? 120 : Math.Clamp(Console.WindowWidth, 60, 160);
}
