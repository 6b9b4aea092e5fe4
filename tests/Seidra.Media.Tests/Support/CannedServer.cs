using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Seidra.Media.Tests.Support;

/// <summary>Answers every connection with the same bytes: for answers that no proper S3 server gives.</summary>
internal sealed class CannedServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly byte[] answer;
    private readonly Task serving;

    public CannedServer(string answer)
    {
        this.answer = Encoding.UTF8.GetBytes(answer);
        listener.Start();
        serving = ServeAsync();
    }

    public string Endpoint => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await client.Client.ReceiveAsync(new byte[8192]);
                await client.Client.SendAsync(answer);
                client.Client.Shutdown(SocketShutdown.Send);
                await client.Client.ReceiveAsync(new byte[1]);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test has ended.
        }
    }
}
