using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Seidra.Sandbox.Servers;

/// <summary>The barest web server there is, on 127.0.0.1 only: the stand-ins must start fast and be reached by nobody else.</summary>
internal static class LoopbackServer
{
    /// <summary>A builder with Kestrel on these ports and nothing else.</summary>
    public static WebApplicationBuilder CreateBuilder(params int[] ports)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { Args = [] });
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A write that is held at the door sends its body late, by design.
            kestrel.Limits.MinRequestBodyDataRate = null;
            foreach (var port in ports)
                kestrel.Listen(IPAddress.Loopback, port);
        });
        return builder;
    }

    /// <summary>Ends the server; requests under way have two seconds.</summary>
    public static async Task StopAsync(WebApplication app)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await app.StopAsync(patience.Token);
        await app.DisposeAsync();
    }
}
