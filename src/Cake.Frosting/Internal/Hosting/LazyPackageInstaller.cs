using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Cake.Core.Tooling;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Internal;

/// <summary>
/// Installs NuGet packages and .NET tools. Its modules bring a dozen assemblies, so they are loaded for the first package
/// and not at each start.
/// </summary>
internal sealed class LazyPackageInstaller(IServiceProvider provider) : IPackageInstaller, IDisposable
{
    private static readonly string[] _schemes = ["nuget", "dotnet"];
    private ServiceProvider? _modules;

    public bool CanInstall(PackageReference package, PackageType type) =>
        _schemes.Contains(package.Scheme, StringComparer.OrdinalIgnoreCase) && Find(package, type) is not null;

    public IReadOnlyCollection<IFile> Install(PackageReference package, PackageType type, DirectoryPath path) =>
        Find(package, type)!.Install(package, type, path);

    public void Dispose() => _modules?.Dispose();

    private IPackageInstaller? Find(PackageReference package, PackageType type)
    {
        _modules ??= Load(provider);
        return _modules.GetServices<IPackageInstaller>().FirstOrDefault(installer => installer.CanInstall(package, type));
    }

    private static ServiceProvider Load(IServiceProvider provider)
    {
        var services = new ServiceCollection();
        Cli.ServiceCollectionExtensions.UseModule(services, new NuGet.NuGetModule());
        Cli.ServiceCollectionExtensions.UseModule(services, new DotNetTool.Module.DotNetToolModule());
        Share<IFileSystem>();
        Share<ICakeEnvironment>();
        Share<IGlobber>();
        Share<ICakeLog>();
        Share<ICakeConfiguration>();
        Share<IProcessRunner>();
        Share<IToolLocator>();
        Share<IToolRepository>();
        Share<Core.IO.NuGet.INuGetToolResolver>();
        return services.BuildServiceProvider();

        // By factory would have this container dispose what is the other one's.
        void Share<T>()
            where T : class => services.AddSingleton(provider.GetRequiredService<T>());
    }
}
