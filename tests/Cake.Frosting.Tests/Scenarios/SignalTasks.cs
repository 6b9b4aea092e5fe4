using System.Diagnostics;
using Cake.Common.Diagnostics;
using Cake.Core;

namespace Cake.Frosting.Tests.Scenarios;

/// <summary>A task with a child process that runs long; tells its id.</summary>
public abstract class ChildTask : AsyncFrostingTask
{
    public override void Finally(ICakeContext context) => context.Information("finally runs");

    protected static Process StartChild(ICakeContext context, params string[] command)
    {
        var child = Process.Start(command[0], command[1..]);
        context.Information("child {0}", child.Id);
        return child;
    }
}

[TaskName("HeedsToken")]
public sealed class HeedsTokenTask(CancellationTokenSource stop) : ChildTask
{
    public override async Task RunAsync(ICakeContext context)
    {
        using var child = StartChild(context, "sh", "-c", "sleep 300; true");
        await Task.Delay(Timeout.Infinite, stop.Token);
    }
}

[TaskName("WaitsForChild")]
public sealed class WaitsForChildTask : ChildTask
{
    public override Task RunAsync(ICakeContext context)
    {
        using var child = StartChild(context, "sleep", "300");
        child.WaitForExit();
        throw new CakeException(child.ExitCode, $"sleep ended with {child.ExitCode}");
    }
}

[TaskName("HeedsNothing")]
public sealed class HeedsNothingTask : ChildTask
{
    public override Task RunAsync(ICakeContext context)
    {
        using var child = StartChild(context, "sh", "-c", "trap '' TERM INT; while :; do sleep 1; done");
        Thread.Sleep(Timeout.Infinite);
        return Task.CompletedTask;
    }
}

[TaskName("StartsService")]
public sealed class StartsServiceTask(CancellationTokenSource stop) : ChildTask
{
    public override async Task RunAsync(ICakeContext context)
    {
        using var service = StartChild(context, "sh", "-c", "exec setsid sleep 300 >/dev/null 2>&1");
        await Task.Delay(Timeout.Infinite, stop.Token);
    }
}

[TaskName("HandlesCancel")]
[ContinueOnError]
public sealed class HandlesCancelTask(CancellationTokenSource stop) : ChildTask
{
    public override async Task RunAsync(ICakeContext context)
    {
        context.Information("child {0}", Environment.ProcessId);
        await Task.Delay(Timeout.Infinite, stop.Token);
    }

    public override void OnError(Exception exception, ICakeContext context) => context.Information("OnError sees {0}", exception.GetType().Name);
}

[TaskName("AfterCancel")]
[IsDependentOn(typeof(HandlesCancelTask))]
public sealed class AfterCancelTask : FrostingTask
{
    public override void Run(ICakeContext context) => context.Information("must not run");
}

[TaskName("EndsWell")]
public sealed class EndsWellTask(CancellationTokenSource stop) : FrostingTask
{
    public override void Run(ICakeContext context)
    {
        context.Information("child {0}", Environment.ProcessId);
        stop.Token.WaitHandle.WaitOne();
    }
}

[TaskName("AfterEndsWell")]
[IsDependentOn(typeof(EndsWellTask))]
public sealed class AfterEndsWellTask : FrostingTask
{
    public override void Run(ICakeContext context) => context.Information("must not run");
}

[TaskName("Assemblies")]
public sealed class AssembliesTask : FrostingTask
{
    public override void Run(ICakeContext context) =>
        context.Information("{0}", string.Join(' ', AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name)));
}
