using Cake.Core.Composition;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Cake.Frosting.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>What a startup class tells the host through its services.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Names the context of the run. The last one named counts.</summary>
    /// <typeparam name="TContext">The class; its constructor takes services.</typeparam>
    /// <param name="services">The services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseContext<TContext>(this IServiceCollection services)
        where TContext : class, IFrostingContext =>
        services.AddHosted<TContext>(typeof(IFrostingContext));

    /// <summary>Names what happens before and after the run. The last one named counts.</summary>
    /// <typeparam name="TLifetime">The class; its constructor takes services.</typeparam>
    /// <param name="services">The services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseLifetime<TLifetime>(this IServiceCollection services)
        where TLifetime : class, IFrostingLifetime =>
        services.AddHosted<TLifetime>(typeof(IFrostingLifetime), typeof(IFrostingSetup), typeof(IFrostingTeardown));

    /// <summary>Names what happens before the run. The last one named counts.</summary>
    /// <typeparam name="TSetup">The class; its constructor takes services.</typeparam>
    /// <param name="services">The services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseSetup<TSetup>(this IServiceCollection services)
        where TSetup : class, IFrostingSetup =>
        services.AddHosted<TSetup>(typeof(IFrostingSetup));

    /// <summary>Names what happens after the run. The last one named counts.</summary>
    /// <typeparam name="TTeardown">The class; its constructor takes services.</typeparam>
    /// <param name="services">The services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseTeardown<TTeardown>(this IServiceCollection services)
        where TTeardown : class, IFrostingTeardown =>
        services.AddHosted<TTeardown>(typeof(IFrostingTeardown));

    /// <summary>Names what happens before and after each task. The last one named counts.</summary>
    /// <typeparam name="TLifetime">The class; its constructor takes services.</typeparam>
    /// <param name="services">The services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseTaskLifetime<TLifetime>(this IServiceCollection services)
        where TLifetime : class, IFrostingTaskLifetime =>
        services.AddHosted<TLifetime>(typeof(IFrostingTaskLifetime), typeof(IFrostingTaskSetup), typeof(IFrostingTaskTeardown));

    /// <summary>Names what happens before each task. The last one named counts.</summary>
    /// <typeparam name="TSetup">The class; its constructor takes services.</typeparam>
    /// <param name="services">The services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseTaskSetup<TSetup>(this IServiceCollection services)
        where TSetup : class, IFrostingTaskSetup =>
        services.AddHosted<TSetup>(typeof(IFrostingTaskSetup));

    /// <summary>Names what happens after each task. The last one named counts.</summary>
    /// <typeparam name="TTeardown">The class; its constructor takes services.</typeparam>
    /// <param name="services">The services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseTaskTeardown<TTeardown>(this IServiceCollection services)
        where TTeardown : class, IFrostingTaskTeardown =>
        services.AddHosted<TTeardown>(typeof(IFrostingTaskTeardown));

    /// <summary>Adds a Cake module.</summary>
    /// <typeparam name="TModule">The module; it has a constructor without parameters.</typeparam>
    /// <param name="services">The services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseModule<TModule>(this IServiceCollection services)
        where TModule : ICakeModule =>
        Cake.Cli.ServiceCollectionExtensions.UseModule(services, Activator.CreateInstance<TModule>());

    /// <summary>Adds an installer of packages, beside those of NuGet and of .NET tools.</summary>
    /// <typeparam name="TPackageInstaller">The class; its constructor takes services.</typeparam>
    /// <param name="services">The services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UsePackageInstaller<TPackageInstaller>(this IServiceCollection services)
        where TPackageInstaller : class, IPackageInstaller =>
        services.AddSingleton<IPackageInstaller, TPackageInstaller>();

    /// <summary>Has a tool installed before the run.</summary>
    /// <param name="services">The services.</param>
    /// <param name="uri">The tool, e.g. <c>dotnet:?package=minver-cli&amp;version=6.0.0</c>.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseTool(this IServiceCollection services, Uri uri) =>
        services.AddSingleton(new PackageReference(uri));

    /// <summary>Sets the directory in which the run works; <c>--working</c> overrides it.</summary>
    /// <param name="services">The services.</param>
    /// <param name="path">The directory; a relative one counts from where the program was started.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseWorkingDirectory(this IServiceCollection services, DirectoryPath path) =>
        services.AddSingleton(new WorkingDirectory(path));

    /// <summary>Sets a value of Cake's configuration; <c>cake.config</c>, the environment and the command line override it.</summary>
    /// <param name="services">The services.</param>
    /// <param name="key">The key, e.g. <c>Paths_Tools</c>.</param>
    /// <param name="value">The value.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseCakeSetting(this IServiceCollection services, string key, string value) =>
        services.AddSingleton(new CakeSetting(key, value));

    /// <summary>Sets the directory into which tools are installed.</summary>
    /// <param name="services">The services.</param>
    /// <param name="toolPath">The directory; a relative one counts from the working directory.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseToolPath(this IServiceCollection services, DirectoryPath toolPath) =>
        services.UseCakeSetting("Paths_Tools", toolPath.FullPath);

    private static IServiceCollection AddHosted<T>(this IServiceCollection services, params ReadOnlySpan<Type> roles)
        where T : class
    {
        services.AddSingleton<T>().AddSingleton(new HostedType(typeof(T)));
        foreach (var role in roles)
            services.AddSingleton(role, provider => provider.GetRequiredService<T>());
        return services;
    }
}
