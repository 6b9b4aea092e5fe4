using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Seidra.Sandbox.Servers;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Configuration;

namespace Seidra.Sandbox.Door;

/// <summary>
/// The one address that clients know: a YARP reverse proxy before Classic and Ultimate. Writes pass a gate first, so
/// that none is under way, and none refused, while the sides change places.
/// </summary>
internal sealed class FrontDoor : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly WriteGate gate;

    private FrontDoor(WebApplication app, WriteGate gate)
    {
        this.app = app;
        this.gate = gate;
    }

    /// <summary>Opens the door on loopback.</summary>
    /// <param name="port">For clients.</param>
    /// <param name="adminPort">For the admin API.</param>
    /// <param name="classicUrl">Where Classic serves.</param>
    /// <param name="ultimateUrl">Where Ultimate serves.</param>
    /// <param name="target">The side in service.</param>
    /// <param name="gate">What writes pass; the door disposes of it.</param>
    /// <param name="admin">Answers on the admin port.</param>
    public static async Task<FrontDoor> OpenAsync(
        int port, int adminPort, string classicUrl, string ultimateUrl, DoorTarget target, WriteGate gate, DoorAdmin admin)
    {
        var builder = LoopbackServer.CreateBuilder(port, adminPort);
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = DoorTarget.Classic, Match = new RouteMatch { Path = "/{**path}" } }],
            [Cluster(DoorTarget.Classic, classicUrl), Cluster(DoorTarget.Ultimate, ultimateUrl)])
            .ConfigureHttpClient((_, handler) => handler.ActivityHeadersPropagator = null);
        var app = builder.Build();
        app.Use((context, next) => context.Connection.LocalPort == adminPort ? admin.HandleAsync(context) : next(context));
        app.Use((context, next) => IsRead(context.Request) ? next(context) : PassAsync(gate, context, next));
        app.UseRouting();
        app.MapReverseProxy(proxy =>
        {
            // Both sides are always configured; which one gets the request is read here, after the gate, from one field.
            // So the change is atomic: no request can see half a configuration.
            var lookup = app.Services.GetRequiredService<IProxyStateLookup>();
            proxy.Use((context, next) =>
            {
                if (lookup.TryGetCluster(target.Current, out var cluster))
                    context.ReassignProxyRequest(cluster);
                return next(context);
            });
        });
        await app.StartAsync();
        return new FrontDoor(app, gate);
    }

    /// <summary>Closes the door; what is under way has two seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        gate.Release();
        await LoopbackServer.StopAsync(app);
        gate.Dispose();
    }

    private static ClusterConfig Cluster(string name, string url) => new()
    {
        ClusterId = name,
        Destinations = new Dictionary<string, DestinationConfig> { [name] = new() { Address = url } },
    };

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static async Task PassAsync(WriteGate gate, HttpContext context, RequestDelegate next)
    {
        await gate.EnterAsync(context.RequestAborted);
        try
        {
            await next(context);
        }
        finally
        {
            gate.Exit();
        }
    }
}
