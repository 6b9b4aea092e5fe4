using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Internal;

/// <summary>One call of the program, from the command line to the exit code.</summary>
internal sealed class HostRun(IReadOnlyList<Assembly> assemblies, IReadOnlyList<Action<IServiceCollection>> configurations)
{
    public int Execute(IReadOnlyList<string> args)
    {
        var services = new ServiceCollection();
        foreach (var configure in configurations)
            configure(services);
        return assemblies.Count + args.Count > 0 ? 0 : 1;
    }
}
