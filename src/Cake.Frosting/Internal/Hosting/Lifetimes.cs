using Cake.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Internal;

/// <summary>What the program wants done before and after the run and each task.</summary>
internal sealed class Lifetimes(IServiceProvider provider, IFrostingContext context)
{
    private bool _teardownFailed;

    public void Register(ICakeEngine engine)
    {
        if (provider.GetService<IFrostingSetup>() is { } setup)
            engine.RegisterSetupAction(info => setup.Setup(context, info));
        if (provider.GetService<IFrostingTeardown>() is { } teardown)
            engine.RegisterTeardownAction(info => Teardown(teardown, info));
        if (provider.GetService<IFrostingTaskSetup>() is { } taskSetup)
            engine.RegisterTaskSetupAction(info => taskSetup.Setup(context, info));
        if (provider.GetService<IFrostingTaskTeardown>() is { } taskTeardown)
            engine.RegisterTaskTeardownAction(info => taskTeardown.Teardown(context, info));
    }

    /// <summary>The report, with a teardown that threw shown as what it was.</summary>
    public CakeReport Correct(CakeReport report)
    {
        if (!_teardownFailed)
            return report;
        var corrected = new CakeReport();
        foreach (var entry in report)
        {
            var status = entry.Category == CakeReportEntryCategory.Teardown ? CakeTaskExecutionStatus.Failed : entry.ExecutionStatus;
            corrected.Add(entry.TaskName, entry.SkippedMessage, entry.Category, entry.Duration, status);
        }

        return corrected;
    }

    // An error that leaves the teardown would cost the run its report, so it is kept for the end.
    private void Teardown(IFrostingTeardown teardown, ITeardownContext info)
    {
        try
        {
            teardown.Teardown(context, info);
        }
        catch (Exception error)
        {
            _teardownFailed = true;
            provider.GetRequiredService<RunErrors>().Add("Teardown", error);
        }
    }
}
