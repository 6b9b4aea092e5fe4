using System.Net;
using System.Net.Sockets;

namespace Seidra.Delivery.Tests;

/// <summary>Takes each connection and closes it without an answer, as a service that dies at the call does.</summary>
internal sealed class HangUpServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public HangUpServer()
    {
        _listener.Start();
        _ = Task.Run(async () =>
        {
            while (true) (await _listener.AcceptSocketAsync()).Close(0);
        });
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public void Dispose() => _listener.Dispose();
}
