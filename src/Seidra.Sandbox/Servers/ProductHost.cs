using Microsoft.AspNetCore.Builder;
using Seidra.Sandbox.World;

namespace Seidra.Sandbox.Servers;

/// <summary>Serves a product on loopback until the process is asked to end.</summary>
internal static class ProductHost
{
    /// <summary>Serves; completes in order after SIGTERM or when the other end says so.</summary>
    public static async Task ServeAsync(IProduct product, SqlStore store, string jwtSecret, int port, Func<CancellationToken, Task>? until = null)
    {
        var api = new ProductApi(product, store, jwtSecret);
        var app = LoopbackServer.CreateBuilder(port).Build();
        app.Run(api.HandleAsync);
        using var end = new EndSignal();
        await app.StartAsync();
        Console.WriteLine($"{product.Name} serves on port {port}");
        await Task.WhenAny(end.WaitAsync(), until?.Invoke(end.Token) ?? Task.Delay(Timeout.Infinite, end.Token));
        await LoopbackServer.StopAsync(app);
    }

    /// <summary>A variable of this process' environment, or the default.</summary>
    /// <exception cref="SandboxException">It is not set and has no default.</exception>
    public static string Variable(string name, string? otherwise = null) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
            ? value
            : otherwise ?? throw new SandboxException($"Expected the environment variable {name}, found none.");

    /// <summary>The number of a variable or argument.</summary>
    /// <exception cref="SandboxException">It is no port number.</exception>
    public static int Port(string text) => int.TryParse(text, out var port) && port is > 0 and < 65536
        ? port
        : throw new SandboxException($"Expected a port number, found `{text}`; correct SEIDRA_PORT.");
}
