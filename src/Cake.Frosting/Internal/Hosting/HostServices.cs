using Cake.Cli;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Modules;
using Cake.Core.Packaging;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Cake.Frosting.Internal;

/// <summary>The services of a run, before the program adds its own.</summary>
internal static class HostServices
{
    public static void AddEngine(IServiceCollection services)
    {
        Cli.ServiceCollectionExtensions.UseModule(services, new CoreModule());
        services.AddSingleton<ICakeLog, CakeBuildLog>();
        services.AddSingleton<IConsole, HostConsole>();
        services.AddSingleton<ICakeReportPrinter, CakeReportPrinter>();
        services.AddSingleton<IAnsiConsole>(provider => SpectreConsole.On(provider.GetRequiredService<IConsole>()));
        services.AddSingleton<IPackageInstaller, LazyPackageInstaller>();
        services.AddSingleton<IToolInstaller, ToolInstaller>();
        services.AddSingleton<IFrostingContext, FrostingContext>();
        services.AddSingleton<ICakeInfoFeature, InfoFeature>();
        services.AddSingleton<CancellationTokenSource>();
        services.AddSingleton<RunErrors>();
    }

    /// <summary>Adds what is known once the command line has been read.</summary>
    public static void AddCommandLine(IServiceCollection services, CommandLine line)
    {
        services.AddSingleton<ICakeArguments>(line.ToCakeArguments());
        services.AddSingleton(provider => Configuration(provider, line));
    }

    private static ICakeConfiguration Configuration(IServiceProvider provider, CommandLine line)
    {
        var settings = provider.GetServices<CakeSetting>().GroupBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase)
            .Select(group => KeyValuePair.Create(group.Key, group.Last().Value));
        var arguments = line.Words.Where(word => word.Value is not null).GroupBy(word => word.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Last().Value!, StringComparer.OrdinalIgnoreCase);
        var environment = provider.GetRequiredService<ICakeEnvironment>();
        return new CakeConfigurationProvider(provider.GetRequiredService<IFileSystem>(), environment)
            .CreateConfiguration(environment.WorkingDirectory, settings, arguments);
    }
}
