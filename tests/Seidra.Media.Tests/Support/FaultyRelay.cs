using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Seidra.Media.Tests.Support;

/// <summary>Stands before the real S3 server and spoils the first connections.</summary>
internal sealed class FaultyRelay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Uri server = new(TestS3.Server.Endpoint!);
    private readonly string fault;
    private readonly Task serving;
    private int left;

    /// <param name="fault">"503", "reset" or "cut" (the server's answers end after 2,000 bytes).</param>
    /// <param name="times">How many connections meet the fault.</param>
    public FaultyRelay(string fault, int times)
    {
        this.fault = fault;
        left = times;
        listener.Start();
        serving = ServeAsync();
    }

    public string Endpoint => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>How many faults are still to come.</summary>
    public int Left => Math.Max(0, left);

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
    }

    private async Task ServeAsync()
    {
        var relays = new List<Task>();
        try
        {
            while (true)
            {
                relays.Add(RelayAsync(await listener.AcceptTcpClientAsync()));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var near = client.GetStream();
            var faulty = Interlocked.Decrement(ref left) >= 0;
            if (faulty && fault == "503")
            {
                await client.Client.ReceiveAsync(new byte[8192]);
                const string Body = "<Error><Code>SlowDown</Code></Error>";
                await near.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 503 Slow Down\r\nContent-Length: {Body.Length}\r\nConnection: close\r\n\r\n{Body}"));
                return;
            }

            if (faulty && fault == "reset")
            {
                client.LingerState = new LingerOption(true, 0);
                return;
            }

            using var far = new TcpClient();
            await far.ConnectAsync(server.Host, server.Port);
            var there = near.CopyToAsync(far.GetStream());
            var back = faulty ? CopyAsync(far.GetStream(), near, 2000) : far.GetStream().CopyToAsync(near);
            await Task.WhenAny(there, back);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            // Either side went away; so does the other.
        }
    }

    private static async Task CopyAsync(Stream from, Stream to, int bytes)
    {
        var buffer = new byte[bytes];
        for (int read; bytes > 0 && (read = await from.ReadAsync(buffer.AsMemory(0, bytes))) > 0; bytes -= read)
        {
            await to.WriteAsync(buffer.AsMemory(0, read));
        }
    }
}
