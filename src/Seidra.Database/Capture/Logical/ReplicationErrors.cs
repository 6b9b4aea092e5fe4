using Npgsql;

namespace Seidra.Database;

/// <summary>Tells errors of a replication connection apart.</summary>
internal static class ReplicationErrors
{
    private const string UndefinedFile = "58P01";

    /// <summary>Cancellation breaks the connection at once: a server that shuts down answers no request to cancel.</summary>
    public static string ConnectionString(DatabaseEndpoint endpoint)
    {
        var builder = EndpointConnections.Builder(endpoint);
        builder.CancellationTimeout = -1;
        return builder.ConnectionString;
    }

    /// <summary>Whether connecting again may help.</summary>
    public static bool IsPassing(Exception error) =>
        error is OperationCanceledException or ObjectDisposedException or PostgresException { SqlState: PostgresErrorCodes.ObjectInUse } || PostgresRetry.IsPassing(error);

    /// <summary>Says what an error means that connecting again does not mend.</summary>
    public static DatabaseException Name(DatabaseEndpoint endpoint, string slot, Exception error) => error switch
    {
        // No such slot or publication; a slot that was made invalid; WAL that is no longer there.
        PostgresException { SqlState: PostgresErrorCodes.UndefinedObject or PostgresErrorCodes.ObjectNotInPrerequisiteState or UndefinedFile } gone =>
            ChangeCapture.Lost(endpoint, [$"replication slot {slot}: {gone.MessageText}{(gone.Detail is { } detail ? $" ({detail})" : "")}"], error),
        _ => EndpointErrors.Wrap(endpoint, error, "follow the changes of"),
    };
}
