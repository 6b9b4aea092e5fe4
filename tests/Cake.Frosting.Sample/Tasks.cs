using Cake.Common.Diagnostics;
using Cake.Core;

namespace Cake.Frosting.Sample;

[TaskName("Noop")]
[TaskDescription("Does nothing at all")]
public sealed class NoopTask : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context)
    {
    }
}

[TaskName("Clean")]
[TaskDescription("Cleans outputs")]
public sealed class CleanTask : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => context.Information("cleaning {0}", context.BuildConfiguration);
}

[TaskName("Build")]
[TaskDescription("Builds")]
[IsDependentOn(typeof(CleanTask))]
[TaskArgument("depth", "How thorough it is", Values = "quick|full")]
public sealed class BuildTask : AsyncFrostingTask<SampleContext>
{
    public override async Task RunAsync(SampleContext context)
    {
        await Task.Delay(10);
        context.Information("building {0}", context.BuildConfiguration);
    }
}

[TaskName("Lint")]
[TaskDescription("Runs before Build")]
[IsDependeeOf(typeof(BuildTask))]
[TaskArgument("fix", "Mends what it can")]
public sealed class LintTask : FrostingTask<SampleContext>
{
    public override bool ShouldRun(SampleContext context) => false;

    public override void Run(SampleContext context) => context.Information("linting");
}

[TaskName("Flaky")]
[TaskDescription("Fails but continues")]
[ContinueOnError]
public sealed class FlakyTask : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => throw new InvalidOperationException("flaky boom");

    public override void Finally(SampleContext context) => context.Information("flaky finally");
}

[TaskName("Fail")]
[TaskDescription("Fails with exit code 42")]
[IsDependentOn(typeof(BuildTask))]
public sealed class FailTask : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => throw new CakeException(42, "boom 42");

    public override void Finally(SampleContext context) => context.Information("fail finally");
}

[TaskName("Handled")]
[TaskDescription("Fails, OnError swallows")]
public sealed class HandledTask : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => throw new InvalidOperationException("handled boom");

    public override void OnError(Exception exception, SampleContext context) => context.Information("handled {0}", exception.Message);
}

[TaskName("Default")]
[IsDependentOn(typeof(BuildTask))]
[IsDependentOn(typeof(FlakyTask))]
public sealed class DefaultTask : FrostingTask<SampleContext>;
