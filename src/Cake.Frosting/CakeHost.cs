using System.Reflection;
using Cake.Frosting.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>Finds the tasks of a program and runs those that the command line asks for, on the Cake engine.</summary>
public sealed class CakeHost
{
    private readonly List<Assembly> _assemblies = [];
    private readonly List<Action<IServiceCollection>> _configurations = [];

    /// <summary>Initializes a new instance of the <see cref="CakeHost"/> class that finds tasks in the entry assembly.</summary>
    public CakeHost()
    {
        if (Assembly.GetEntryAssembly() is { } entry)
            _assemblies.Add(entry);
    }

    /// <summary>Creates a host that finds tasks in the entry assembly.</summary>
    /// <returns>A new host.</returns>
    public static CakeHost Create() => new();

    /// <summary>Finds tasks in one more assembly.</summary>
    /// <param name="assembly">The assembly; its public task classes are found.</param>
    /// <returns>The same host.</returns>
    public CakeHost AddAssembly(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        if (!_assemblies.Contains(assembly))
            _assemblies.Add(assembly);
        return this;
    }

    /// <summary>Registers services; later registrations win over earlier ones and over those of the host.</summary>
    /// <param name="services">Called with the services of the run.</param>
    /// <returns>The same host.</returns>
    public CakeHost ConfigureServices(Action<IServiceCollection> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _configurations.Add(services);
        return this;
    }

    /// <summary>Runs what the command line asks for.</summary>
    /// <param name="args">The command line, without the name of the program.</param>
    /// <returns>
    /// The exit code: 0 done, 2 the command line was not understood, 130 cancelled by a signal, the code that the failing
    /// task gave (a CakeException's ExitCode, or an int in the exception's Data["ExitCode"]), else 1.
    /// </returns>
    public int Run(IEnumerable<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return new HostRun(_assemblies, _configurations).Execute([.. args]);
    }
}
