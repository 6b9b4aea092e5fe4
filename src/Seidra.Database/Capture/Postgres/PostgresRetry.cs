using System.Diagnostics;
using System.Net.Sockets;
using Npgsql;

namespace Seidra.Database;

/// <summary>Tells a broken connection, which is made anew, from what no repetition mends.</summary>
internal static class PostgresRetry
{
    private static readonly TimeSpan _first = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(2);

    /// <summary>How long a server may be away (a restart with recovery) before the follower gives up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Whether the same again may succeed. SQLSTATEs: PostgreSQL manual, appendix A.</summary>
    public static bool IsPassing(Exception error) => error switch
    {
        PostgresException refused => refused.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.LockNotAvailable or "57P05" || refused.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException or IOException or SocketException or TimeoutException => true,
        DatabaseException { InnerException: { } inner } => IsPassing(inner),
        _ => false,
    };

    /// <summary>How long to wait before the next try.</summary>
    public static TimeSpan Pause(int tries) => TimeSpan.FromTicks(Math.Min(_longest.Ticks, _first.Ticks << Math.Min(tries, 10)));

    /// <summary>Repeats work over broken connections.</summary>
    public static async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await work();
            }
            catch (Exception error) when (IsPassing(error) && clock.Elapsed < Patience)
            {
                await Task.Delay(Pause(tries), cancel);
            }
        }
    }
}
