using Cake.Core.Composition;
using Cake.Core.IO;
using Cake.Core.Packaging;

namespace Cake.Frosting;

/// <summary>What a program tells its host.</summary>
public static class CakeHostExtensions
{
    /// <summary>Has a class of the program's own register its services.</summary>
    /// <typeparam name="TStartup">The class; it has a constructor without parameters.</typeparam>
    /// <param name="host">The host.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseStartup<TStartup>(this CakeHost host)
        where TStartup : IFrostingStartup =>
        host.ConfigureServices(services => Activator.CreateInstance<TStartup>().Configure(services));

    /// <summary>Names the context of the run. The last one named counts.</summary>
    /// <typeparam name="TContext">The class; its constructor takes services.</typeparam>
    /// <param name="host">The host.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseContext<TContext>(this CakeHost host)
        where TContext : class, IFrostingContext =>
        host.ConfigureServices(services => services.UseContext<TContext>());

    /// <summary>Names what happens before and after the run. The last one named counts.</summary>
    /// <typeparam name="TLifetime">The class; its constructor takes services.</typeparam>
    /// <param name="host">The host.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseLifetime<TLifetime>(this CakeHost host)
        where TLifetime : class, IFrostingLifetime =>
        host.ConfigureServices(services => services.UseLifetime<TLifetime>());

    /// <summary>Names what happens before the run. The last one named counts.</summary>
    /// <typeparam name="TSetup">The class; its constructor takes services.</typeparam>
    /// <param name="host">The host.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseSetup<TSetup>(this CakeHost host)
        where TSetup : class, IFrostingSetup =>
        host.ConfigureServices(services => services.UseSetup<TSetup>());

    /// <summary>Names what happens after the run. The last one named counts.</summary>
    /// <typeparam name="TTeardown">The class; its constructor takes services.</typeparam>
    /// <param name="host">The host.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseTeardown<TTeardown>(this CakeHost host)
        where TTeardown : class, IFrostingTeardown =>
        host.ConfigureServices(services => services.UseTeardown<TTeardown>());

    /// <summary>Names what happens before and after each task. The last one named counts.</summary>
    /// <typeparam name="TLifetime">The class; its constructor takes services.</typeparam>
    /// <param name="host">The host.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseTaskLifetime<TLifetime>(this CakeHost host)
        where TLifetime : class, IFrostingTaskLifetime =>
        host.ConfigureServices(services => services.UseTaskLifetime<TLifetime>());

    /// <summary>Names what happens before each task. The last one named counts.</summary>
    /// <typeparam name="TSetup">The class; its constructor takes services.</typeparam>
    /// <param name="host">The host.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseTaskSetup<TSetup>(this CakeHost host)
        where TSetup : class, IFrostingTaskSetup =>
        host.ConfigureServices(services => services.UseTaskSetup<TSetup>());

    /// <summary>Names what happens after each task. The last one named counts.</summary>
    /// <typeparam name="TTeardown">The class; its constructor takes services.</typeparam>
    /// <param name="host">The host.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseTaskTeardown<TTeardown>(this CakeHost host)
        where TTeardown : class, IFrostingTaskTeardown =>
        host.ConfigureServices(services => services.UseTaskTeardown<TTeardown>());

    /// <summary>Adds a Cake module.</summary>
    /// <typeparam name="TModule">The module; it has a constructor without parameters.</typeparam>
    /// <param name="host">The host.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseModule<TModule>(this CakeHost host)
        where TModule : ICakeModule =>
        host.ConfigureServices(services => services.UseModule<TModule>());

    /// <summary>Adds an installer of packages, beside those of NuGet and of .NET tools.</summary>
    /// <typeparam name="TPackageInstaller">The class; its constructor takes services.</typeparam>
    /// <param name="host">The host.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UsePackageInstaller<TPackageInstaller>(this CakeHost host)
        where TPackageInstaller : class, IPackageInstaller =>
        host.ConfigureServices(services => services.UsePackageInstaller<TPackageInstaller>());

    /// <summary>Has a tool installed before the run.</summary>
    /// <param name="host">The host.</param>
    /// <param name="uri">The tool, e.g. <c>dotnet:?package=minver-cli&amp;version=6.0.0</c>.</param>
    /// <returns>The same host.</returns>
    public static CakeHost InstallTool(this CakeHost host, Uri uri) =>
        host.ConfigureServices(services => services.UseTool(uri));

    /// <summary>Sets the directory in which the run works; <c>--working</c> overrides it.</summary>
    /// <param name="host">The host.</param>
    /// <param name="path">The directory; a relative one counts from where the program was started.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseWorkingDirectory(this CakeHost host, DirectoryPath path) =>
        host.ConfigureServices(services => services.UseWorkingDirectory(path));

    /// <summary>Sets a value of Cake's configuration; <c>cake.config</c>, the environment and the command line override it.</summary>
    /// <param name="host">The host.</param>
    /// <param name="key">The key, e.g. <c>Paths_Tools</c>.</param>
    /// <param name="value">The value.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseCakeSetting(this CakeHost host, string key, string value) =>
        host.ConfigureServices(services => services.UseCakeSetting(key, value));

    /// <summary>Sets the directory into which tools are installed.</summary>
    /// <param name="host">The host.</param>
    /// <param name="path">The directory; a relative one counts from the working directory.</param>
    /// <returns>The same host.</returns>
    public static CakeHost SetToolPath(this CakeHost host, DirectoryPath path) =>
        host.ConfigureServices(services => services.UseToolPath(path));
}
