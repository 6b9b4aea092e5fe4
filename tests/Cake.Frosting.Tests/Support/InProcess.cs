using Cake.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Tests.Support;

/// <summary>Runs a host with this assembly's tasks inside the test.</summary>
public static class InProcess
{
    public static Outcome Run(params string[] args) => Run(_ => { }, args);

    public static Outcome Run(Action<CakeHost> configure, params string[] args)
    {
        var console = new RecordingConsole();
        var host = CakeHost.Create()
            .AddAssembly(typeof(InProcess).Assembly)
            .ConfigureServices(services => services.AddSingleton<IConsole>(console));
        configure(host);
        var exitCode = host.Run(args);
        return new Outcome(exitCode, console.Out, console.Error);
    }
}
