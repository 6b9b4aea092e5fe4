using System.Net.Sockets;

namespace Seidra.Delivery;

/// <summary>Checks addresses and makes the handlers that call them.</summary>
internal static class HttpAddress
{
    /// <summary>The address, ending in a slash so that relative paths append to it.</summary>
    /// <exception cref="DeliveryException">No absolute http or https URL.</exception>
    public static Uri Parse(string url, string what)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new DeliveryException($"{what}: expected a URL such as http://host:8000, found \"{new Redactor([]).Redact(url ?? "")}\". Correct it in the settings.");
        }

        return uri.AbsolutePath.EndsWith('/') ? uri : new Uri(uri + "/");
    }

    /// <summary>
    /// True for what a call throws when the other side is not there or goes away. A reset right after the connect leaves
    /// SocketsHttpHandler as a bare SocketException (it asks the socket for its far end), a cut body as an IOException.
    /// </summary>
    public static bool IsFailure(Exception error) => error is HttpRequestException or IOException or SocketException;

    /// <summary>A handler that follows no redirects (a login page is not a health answer) and uses no proxy on loopback.</summary>
    public static SocketsHttpHandler Handler(Uri address) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = !address.IsLoopback,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
    };
}
