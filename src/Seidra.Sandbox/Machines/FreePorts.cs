using System.Net;
using System.Net.Sockets;

namespace Seidra.Sandbox.Machines;

/// <summary>Finds loopback ports nobody listens on.</summary>
public static class FreePorts
{
    // Below Linux' ephemeral range (32768 and up): a port that is kept for the next start must not be lent meanwhile to
    // somebody's outgoing connection.
    private const int First = 20_000;
    private const int Last = 32_000;

    /// <summary>The first port of a run of free neighbours.</summary>
    /// <param name="count">How many neighbouring ports are wanted.</param>
    /// <exception cref="SandboxException">No such run was found.</exception>
    public static int Next(int count = 1)
    {
        for (var attempt = 0; attempt < 500; attempt++)
        {
            var start = Random.Shared.Next(First, Last - count);
            if (Enumerable.Range(start, count).All(IsFree))
                return start;
        }

        throw new SandboxException($"Expected {count} free neighbouring ports on 127.0.0.1 between {First} and {Last}, found none; end servers that are no longer needed.");
    }

    /// <summary>Whether a listener could be opened on this loopback port now.</summary>
    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
