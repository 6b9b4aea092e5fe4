using Cake.Common.Diagnostics;
using Cake.Core;

namespace Cake.Frosting.Sample;

public sealed class SampleLifetime : FrostingLifetime<SampleContext>
{
    public override void Setup(SampleContext context, ISetupContext info) =>
        context.Information("SETUP target={0} tasks={1}", info.TargetTask.Name, string.Join(',', info.TasksToExecute.Select(task => task.Name)));

    public override void Teardown(SampleContext context, ITeardownContext info) =>
        context.Information("TEARDOWN ok={0}", info.Successful);
}

public sealed class SampleTaskLifetime : FrostingTaskLifetime<SampleContext>
{
    public override void Setup(SampleContext context, ITaskSetupContext info) =>
        context.Information("task-setup {0}", info.Task.Name);

    public override void Teardown(SampleContext context, ITaskTeardownContext info) =>
        context.Information("task-teardown {0} skipped={1} ok={2} {3}", info.Task.Name, info.Skipped, info.Successful, info.ThrownException?.Message!);
}
