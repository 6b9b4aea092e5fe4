using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Seidra.Delivery.Tests;

/// <summary>One request as it came over the wire.</summary>
internal sealed record StubRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>What to answer.</summary>
internal sealed record StubAnswer(int Status, string Body = "", string? Location = null);

/// <summary>A real HTTP server on loopback whose answers the test gives.</summary>
internal sealed class StubServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<StubRequest, Task<StubAnswer>> _answer;

    public StubServer(Func<StubRequest, Task<StubAnswer>> answer)
    {
        _answer = answer;
        Url = $"http://127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public StubServer(Func<StubRequest, StubAnswer> answer)
        : this(request => Task.FromResult(answer(request)))
    {
    }

    public string Url { get; }

    public static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                _ = AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream);
        var headers = context.Request.Headers.AllKeys.OfType<string>().ToDictionary(name => name, name => context.Request.Headers[name]!, StringComparer.OrdinalIgnoreCase);
        var answer = await _answer(new StubRequest(context.Request.HttpMethod, context.Request.Url!.AbsolutePath, headers, await reader.ReadToEndAsync()));
        context.Response.StatusCode = answer.Status;
        if (answer.Location is not null) context.Response.RedirectLocation = answer.Location;
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body));
        context.Response.Close();
    }
}
