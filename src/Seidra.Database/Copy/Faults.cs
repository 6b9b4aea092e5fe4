using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Seidra.Database;

/// <summary>Which errors pass by themselves: the same work, tried again on a new connection, may succeed.</summary>
internal static class Faults
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;

    // PostgreSQL manual, appendix A.
    private static readonly HashSet<string> _passing =
    [
        PostgresErrorCodes.DeadlockDetected,
        PostgresErrorCodes.SerializationFailure,
        PostgresErrorCodes.QueryCanceled,
        PostgresErrorCodes.LockNotAvailable,
        PostgresErrorCodes.AdminShutdown,
        PostgresErrorCodes.CrashShutdown,
        PostgresErrorCodes.CannotConnectNow,
        PostgresErrorCodes.TooManyConnections,
        "25P03", // idle_in_transaction_session_timeout
        "57P05", // idle_session_timeout
        "25P04", // transaction_timeout
    ];

    public static bool IsPassing(Exception error) => error switch
    {
        PostgresException refused => _passing.Contains(refused.SqlState) || refused.SqlState.StartsWith("08", StringComparison.Ordinal),
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteBusy or SqliteLocked,
        SocketException or EndOfStreamException or TimeoutException => true,
        // The file system says "no space" by the same type; a cut connection always has a cause below it, or none.
        IOException io => io.InnerException is null or SocketException,
        SourceFaultException => IsPassing(error.InnerException!),
        DbException or DatabaseException or AggregateException => error.InnerException is { } inner && IsPassing(inner),
        _ => false,
    };

    /// <summary>Whether a unique index or key refused a row.</summary>
    public static bool IsDuplicate(Exception error) => error switch
    {
        PostgresException refused => refused.SqlState == PostgresErrorCodes.UniqueViolation,
        // SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE.
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is 1555 or 2067,
        _ => false,
    };
}

/// <summary>An error of Classic's side.</summary>
internal sealed class SourceFaultException(Exception inner) : Exception(inner.Message, inner);

/// <summary>An error that should have passed and did not.</summary>
internal sealed class PatienceLostException(Exception inner) : Exception(inner.Message, inner);

/// <summary>How often, and after which pauses, work is tried again when nothing has gone on since.</summary>
internal sealed class Patience(Action<string>? log)
{
    private static readonly TimeSpan[] _pauses = [.. new[] { 0.1, 0.3, 1, 2, 4, 8 }.Select(TimeSpan.FromSeconds)];
    private int _used;

    /// <summary>Something went on: the count begins anew.</summary>
    public void Renew() => _used = 0;

    /// <summary>Runs work, again and again while its errors pass.</summary>
    /// <param name="what">What it is, for the log.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="connection">What the work is done on, if it cannot open one by itself: once broken, trying again is for who opened it.</param>
    public async Task RunAsync(string what, Func<Task> work, CancellationToken cancel, DbConnection? connection = null)
    {
        while (true)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception error) when (!cancel.IsCancellationRequested && Faults.IsPassing(error) && (connection is null || connection.State == ConnectionState.Open))
            {
                if (_used == _pauses.Length)
                    throw new PatienceLostException(error);
                log?.Invoke($"{what}: {error.Message.Split('\n')[0]}; tried again in {_pauses[_used].TotalSeconds} s");
                await Task.Delay(_pauses[_used++], cancel);
            }
        }
    }
}
