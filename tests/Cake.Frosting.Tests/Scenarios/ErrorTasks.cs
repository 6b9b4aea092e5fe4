using Cake.Common.Diagnostics;
using Cake.Core;

namespace Cake.Frosting.Tests.Scenarios;

[TaskName("Ok")]
public sealed class OkTask : FrostingTask
{
    public override void Run(ICakeContext context) => context.Information("ok runs");
}

[TaskName("PlainError")]
public sealed class PlainErrorTask : FrostingTask
{
    public override void Run(ICakeContext context) => throw new InvalidOperationException("plain boom");
}

[TaskName("DataExitCode")]
public sealed class DataExitCodeTask : FrostingTask
{
    public override void Run(ICakeContext context) => throw new InvalidOperationException("a gate says no") { Data = { ["ExitCode"] = 3 } };
}

[TaskName("InnerExitCode")]
public sealed class InnerExitCodeTask : AsyncFrostingTask
{
    public override async Task RunAsync(ICakeContext context)
    {
        await Task.Yield();
        throw new InvalidOperationException("outer", new CakeException(4, "inner"));
    }
}

[TaskName("AggregateExitCode")]
public sealed class AggregateExitCodeTask : FrostingTask
{
    public override void Run(ICakeContext context) =>
        throw new AggregateException(new InvalidOperationException("first of two"), new CakeException(5, "second of two"));
}

[TaskName("RoundExitCode")]
public sealed class RoundExitCodeTask : FrostingTask
{
    public override void Run(ICakeContext context) => throw new CakeException(256, "a multiple of 256");
}

[TaskName("FinallyHides")]
public sealed class FinallyHidesTask : FrostingTask
{
    public override void Run(ICakeContext context) => throw new CakeException(9, "the real error");

    public override void Finally(ICakeContext context) => throw new InvalidOperationException("the clean-up error");
}

[TaskName("FinallyFails")]
public sealed class FinallyFailsTask : FrostingTask
{
    public override void Run(ICakeContext context) => context.Information("runs well");

    public override void Finally(ICakeContext context) => throw new InvalidOperationException("the clean-up error");
}

[TaskName("ContinuesThenFinallyFails")]
[ContinueOnError]
public sealed class ContinuesThenFinallyFailsTask : FrostingTask
{
    public override void Run(ICakeContext context) => throw new InvalidOperationException("the swallowed error");

    public override void Finally(ICakeContext context) => throw new InvalidOperationException("the clean-up error");
}

[TaskName("Rethrows")]
public sealed class RethrowsTask : FrostingTask
{
    public override void Run(ICakeContext context) => throw new InvalidOperationException("boom");

    public override void OnError(Exception exception, ICakeContext context) =>
        throw new CakeException(7, $"rethrown {exception.Message}", exception);
}

[TaskName("HandlesAndContinues")]
[ContinueOnError]
public sealed class HandlesAndContinuesTask : FrostingTask
{
    public override void Run(ICakeContext context) => throw new InvalidOperationException("boom");

    public override void OnError(Exception exception, ICakeContext context)
    {
        context.Information("handled {0}", exception.Message);
        throw new InvalidOperationException("from the handler");
    }
}

[TaskName("ExplainsSkip")]
public sealed class ExplainsSkipTask : FrostingTask, IFrostingTask
{
    string IFrostingTask.SkippedMessage => "it is not Friday";

    public override bool ShouldRun(ICakeContext context) => false;
}

[TaskName("WantsFacet")]
public sealed class WantsFacetTask : FrostingTask<IFacet>
{
    public override void Run(IFacet context) => context.Information("facet {0}", context.Word);
}
