using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;

namespace Seidra.Cutover.Tasks.Repository;

/// <summary>The README's test command.</summary>
[TaskName("Test")]
[TaskDescription("Run all tests against real servers that they start themselves, with the coverage of all but the end-to-end tests")]
[TaskArgument("filter", "Run only the tests that match, in the syntax of dotnet test", ValueName = "EXPRESSION")]
[IsDependentOn(typeof(BuildTask))]
public sealed class TestTask : AsyncFrostingTask<IRepositoryContext>
{
    /// <inheritdoc/>
    public override async Task RunAsync(IRepositoryContext context)
    {
        var results = Path.Combine(context.Repository, "artifacts", "tests");
        if (Directory.Exists(results))
        {
            Directory.Delete(results, recursive: true);
        }

        var failures = await TestLanes.RunAsync(
            TestLanes.Projects(Path.Combine(context.Repository, "Seidra.slnx")),
            project => TestAsync(context, project, Path.Combine(results, project)));
        var run = TestRun.Read(results);
        Console.Out.Write(run.Describe());
        if (failures.Count > 0 || run.Failed > 0 || run.Passed == 0)
        {
            throw new StepException(
                ExitCodes.StepFailed, failures.Count > 0 ? string.Join("; ", failures) : $"{run.Failed} tests failed and {run.Passed} passed; their logs are in {results}");
        }
    }

    // Two run at a time: each line says whose it is, and the results of each lie in a folder of its own.
    private static async Task<string?> TestAsync(IRepositoryContext context, string project, string results)
    {
        var failure = await context.TryDotnetAsync(
            project,
            [
                "test", Path.Combine("tests", project), "-m:1", "--no-build", "--nologo", "--results-directory", results,
                "--logger", "trx", .. Coverage(project), .. Filter(context),
            ]);
        return failure is null ? null : $"{project}: {failure}";
    }

    // The end-to-end tests kill the processes they watch, and a killed process holds the file that the next one must add its hits to.
    private static string[] Coverage(string project) =>
        project == "EndToEnd.Tests" ? [] : ["--collect", "XPlat Code Coverage"];

    private static string[] Filter(IRepositoryContext context) =>
        context.Argument("filter") is { } expression ? ["--filter", expression] : [];
}
