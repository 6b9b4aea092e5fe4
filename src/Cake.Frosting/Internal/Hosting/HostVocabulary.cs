using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Internal;

/// <summary>Gathers what the command line of a program may say.</summary>
internal static class HostVocabulary
{
    /// <summary>A start script sets this to the way it was called, so that help and completion speak of it.</summary>
    private const string CommandVariable = "CAKE_HOST_COMMAND";

    public static Vocabulary Of(TaskCatalog catalog, IServiceCollection services)
    {
        var hosted = services
            .Where(service => service.ServiceType == typeof(HostedType))
            .Select(service => ((HostedType)service.ImplementationInstance!).Type)
            .Distinct()
            .ToList();
        return new Vocabulary(
            Environment.GetEnvironmentVariable(CommandVariable) is { Length: > 0 } command ? command : $"{Assembly.GetEntryAssembly()?.GetName().Name}.dll",
            [.. catalog.Tasks.Select(task => task.Name)],
            [
                .. hosted.SelectMany(type => DeclaredOptions.Of(type, task: null)),
                .. catalog.Tasks.SelectMany(task => DeclaredOptions.Of(task.Type, task.Name)),
            ],
            [.. hosted.SelectMany(DeclaredOptions.ExitCodesOf).DistinctBy(code => code.Code).OrderBy(code => code.Code)]);
    }
}
