using Cake.Cli;
using Cake.Core;
using Cake.Core.Packaging;
using Cake.Core.Scripting;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Cake.Frosting.Internal;

/// <summary>Shows or runs the targets that the command line names.</summary>
internal sealed class TargetRun(IServiceProvider provider, TaskCatalog catalog, CommandLine line)
{
    private readonly ICakeEngine _engine = provider.GetRequiredService<ICakeEngine>();

    public async Task RunAsync()
    {
        if (line.Has(CakeOptions.Description) || line.Has(CakeOptions.Tree))
        {
            TaskRegistration.ForDisplay(_engine, catalog);
            await Display().RunTargetAsync(string.Empty);
            return;
        }

        var cancellation = provider.GetRequiredService<CancellationTokenSource>();
        using var signals = new SignalWatch(cancellation, provider.GetRequiredService<IConsole>());
        var installer = provider.GetRequiredService<IToolInstaller>();
        foreach (var tool in provider.GetServices<PackageReference>())
            installer.Install(tool);

        var context = provider.GetRequiredService<IFrostingContext>();
        TaskRegistration.ForRun(_engine, catalog, context, provider.GetRequiredService<RunErrors>(), cancellation.Token);
        var lifetimes = new Lifetimes(provider, context);
        lifetimes.Register(_engine);
        if (line.Has(CakeOptions.DryRun))
            await new DryRunScriptHost(_engine, context, context.Log).RunTargetsAsync(line.Targets);
        else
            await ExecuteAsync(context, lifetimes);
    }

    private ScriptHost Display() =>
        line.Has(CakeOptions.Tree)
            ? new TreeScriptHost(_engine, provider.GetRequiredService<ICakeContext>(), provider.GetRequiredService<IConsole>())
            : DescriptionHost();

    // Apart, so that Spectre is loaded only here.
    private DescriptionScriptHost DescriptionHost() =>
        new(_engine, provider.GetRequiredService<ICakeContext>(), provider.GetRequiredService<IAnsiConsole>());

    private async Task ExecuteAsync(IFrostingContext context, Lifetimes lifetimes)
    {
        var settings = new ExecutionSettings().SetTargets(line.Targets).UseUnifiedDependencyGraphForMultipleTargets(true);
        if (line.Has(CakeOptions.Exclusive))
            settings.UseExclusiveTarget();
        try
        {
            Print(await _engine.RunTargetAsync(context, provider.GetRequiredService<IExecutionStrategy>(), settings), lifetimes);
        }
        catch (CakeReportException error)
        {
            Print(error.Report, lifetimes);
            throw;
        }
    }

    private void Print(CakeReport? report, Lifetimes lifetimes)
    {
        if (report is { IsEmpty: false } && !line.Has(CakeOptions.NoReport))
            provider.GetRequiredService<ICakeReportPrinter>().Write(lifetimes.Correct(report));
    }
}
