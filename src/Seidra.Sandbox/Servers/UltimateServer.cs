using Seidra.Sandbox.World;

namespace Seidra.Sandbox.Servers;

/// <summary>
/// The process that stands in for Ultimate's backend. Reads the real names from its environment; <c>--port</c> goes
/// before <c>SEIDRA_PORT</c>; with <c>--world</c> it ends when that world is gone for good.
/// </summary>
internal static class UltimateServer
{
    // The public default that many instances run on; the cutover's secrets step must have replaced it.
    private const string PublicJwtDefault = "seidra-mystical-secret-key-change-in-production";

    private static readonly TimeSpan WorldAbsence = TimeSpan.FromMinutes(5);

    /// <summary>Serves until asked to end.</summary>
    public static async Task RunAsync(RoleArguments arguments)
    {
        var port = ProductHost.Port(arguments.Find("port") ?? ProductHost.Variable("SEIDRA_PORT"));
        await using var store = SqlStore.Open(ProductHost.Variable("SEIDRA_DATABASE_URL"));
        var password = Environment.GetEnvironmentVariable("SEIDRA_DEFAULT_USER_PASSWORD");
        var demo = new DemoAccount(store, string.IsNullOrEmpty(password) ? null : password);
        await demo.SeedAsync();
        var media = new MediaFolder(ProductHost.Variable("SEIDRA_MEDIA_DIR", Path.Combine("..", "data", "media")));
        var product = new UltimateProduct(store, media, demo);
        Func<CancellationToken, Task>? until = arguments.Find("world") is { } world ? new WorldWatch(world, WorldAbsence).WaitForEndAsync : null;
        await ProductHost.ServeAsync(product, store, ProductHost.Variable("JWT_SECRET", PublicJwtDefault), port, until);
    }
}
