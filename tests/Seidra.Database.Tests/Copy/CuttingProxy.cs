using System.Net;
using System.Net.Sockets;

namespace Seidra.Database.Tests.Copy;

/// <summary>Stands between a client and PostgreSQL and cuts connections where a network would: right after a COMMIT went out.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _server;
    private readonly int _every;
    private int _commits;
    private int _cuts;

    /// <param name="server">The server's port.</param>
    /// <param name="every">Which commits get no answer: each time so many have passed.</param>
    public CuttingProxy(int server, int every)
    {
        _server = server;
        _every = every;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Cuts => _cuts;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception error) when (error is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            await server.ConnectAsync(IPAddress.Loopback, _server);
            var (near, far) = (client.GetStream(), server.GetStream());
            try
            {
                await Task.WhenAny(PumpAsync(near, far, client, isRequest: true), PumpAsync(far, near, client, isRequest: false));
            }
            catch (IOException)
            {
                // One side is gone; the other goes too.
            }
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, TcpClient client, bool isRequest)
    {
        var buffer = new byte[64 << 10];
        int read;
        while ((read = await from.ReadAsync(buffer)) > 0)
        {
            var isCut = isRequest && buffer.AsSpan(0, read).IndexOf("COMMIT"u8) >= 0 && Interlocked.Increment(ref _commits) % _every == 0;
            if (isCut)
                client.Client.Shutdown(SocketShutdown.Send);
            await to.WriteAsync(buffer.AsMemory(0, read));
            if (isCut)
            {
                Interlocked.Increment(ref _cuts);
                client.Close();
                return;
            }
        }
    }
}
