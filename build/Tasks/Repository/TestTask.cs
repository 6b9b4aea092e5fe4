using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;

namespace Seidra.Cutover.Tasks.Repository;

/// <summary>The README's test command.</summary>
[TaskName("Test")]
[TaskDescription("Run all tests against real servers that they start themselves, with coverage")]
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

        var failure = await context.TryDotnetAsync(
        [
            "test", "Seidra.slnx", "-m:1", "--no-build", "--nologo", "--results-directory", results,
            "--logger", "trx", "--collect", "XPlat Code Coverage", .. Filter(context),
        ]);
        var run = TestRun.Read(results);
        Console.Out.Write(run.Describe());
        if (failure is not null || run.Failed > 0 || run.Passed == 0)
        {
            throw new StepException(ExitCodes.StepFailed, failure ?? $"{run.Failed} tests failed and {run.Passed} passed; their logs are in {results}");
        }
    }

    private static string[] Filter(IRepositoryContext context) =>
        context.Argument("filter") is { } expression ? ["--filter", expression] : [];
}
