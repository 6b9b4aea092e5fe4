using Cake.Core;
using Cake.Core.Composition;
using Cake.Core.Diagnostics;
using Cake.Core.Packaging;

namespace Cake.Frosting.Tests.Scenarios;

/// <summary>Looks at the services of a run.</summary>
public sealed record Probe(Action<IServiceProvider> Look);

public sealed class ProbeSetup(Probe probe, IServiceProvider provider) : FrostingSetup
{
    public override void Setup(ICakeContext context, ISetupContext info) => probe.Look(provider);
}

public sealed class GreetingModule : ICakeModule
{
    public void Register(ICakeContainerRegistrar registrar) => registrar.RegisterInstance(new Greeting("by module")).As<Greeting>().Singleton();
}

public sealed class OwnInstaller : IToolInstaller
{
    public List<string> Installed { get; } = [];

    public void Install(PackageReference tool) => Installed.Add(tool.Package);
}

public sealed class CountingPrinter : ICakeReportPrinter
{
    public List<string> Reported { get; } = [];

    public void Write(CakeReport report) => Reported.AddRange(report.Select(entry => entry.TaskName));

    public void WriteStep(string name, Verbosity verbosity)
    {
    }

    public void WriteLifeCycleStep(string name, Verbosity verbosity)
    {
    }

    public void WriteSkippedStep(string name, Verbosity verbosity)
    {
    }
}
