using Cake.Common.Diagnostics;
using Cake.Core;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Tests.Scenarios;

public interface IFacet : ICakeContext
{
    string Word { get; }
}

public sealed record Greeting(string Word);

public sealed class FacetContext(ICakeContext context, Greeting greeting) : FrostingContext(context), IFacet
{
    public string Word { get; } = greeting.Word;
}

public sealed class Startup : IFrostingStartup
{
    public void Configure(IServiceCollection services) => services.AddSingleton(new Greeting("from startup")).UseContext<FacetContext>();
}

public sealed class Before : FrostingSetup
{
    public override void Setup(ICakeContext context, ISetupContext info) => context.Information("before the run to {0}", info.TargetTask.Name);
}

public sealed class After : FrostingTeardown
{
    public override void Teardown(ICakeContext context, ITeardownContext info) => context.Information("after the run, ok={0}", info.Successful);
}

public sealed class BeforeTask : FrostingTaskSetup
{
    public override void Setup(ICakeContext context, ITaskSetupContext info) => context.Information("before {0}", info.Task.Name);
}

public sealed class AfterTask : FrostingTaskTeardown
{
    public override void Teardown(ICakeContext context, ITaskTeardownContext info) => context.Information("after {0}", info.Task.Name);
}

public sealed class Both : FrostingLifetime
{
    public override void Setup(ICakeContext context, ISetupContext info) => context.Information("lifetime begins");

    public override void Teardown(ICakeContext context, ITeardownContext info) => context.Information("lifetime ends");
}

public sealed class BothTask : FrostingTaskLifetime
{
    public override void Setup(ICakeContext context, ITaskSetupContext info) => context.Information("task lifetime begins");

    public override void Teardown(ICakeContext context, ITaskTeardownContext info) => context.Information("task lifetime ends");
}

public sealed class FacetSetup : FrostingSetup<IFacet>
{
    public override void Setup(IFacet context, ISetupContext info) => context.Information("setup {0}", context.Word);
}

public sealed class ThrowingTeardown : FrostingTeardown
{
    public override void Teardown(ICakeContext context, ITeardownContext info) => throw new CakeException(8, "teardown boom");
}

public sealed class ThrowingSetup : FrostingSetup
{
    public override void Setup(ICakeContext context, ISetupContext info) => throw new CakeException(6, "setup boom");
}

/// <summary>What a fake installer was asked for.</summary>
public sealed class Installations
{
    public List<(string Package, string Folder)> All { get; } = [];
}

public sealed class FakeInstaller(Installations installations) : IPackageInstaller
{
    public bool CanInstall(PackageReference package, PackageType type) => package.Scheme == "fake" && type == PackageType.Tool;

    public IReadOnlyCollection<IFile> Install(PackageReference package, PackageType type, DirectoryPath path)
    {
        installations.All.Add((package.Package, path.FullPath));
        return [new FileSystem().GetFile(path.CombineWithFilePath(package.Package))];
    }
}
