using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Seidra.Database;

/// <summary>Turns the engines' errors into sentences. SQLSTATEs: PostgreSQL manual, appendix A; SQLite: rescode.html.</summary>
internal static class EndpointErrors
{
    private const int SqliteBusy = 5;
    private const int SqliteReadOnly = 8;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNotADatabase = 26;

    /// <summary>Wraps any error of an engine; an error of ours stays as it is.</summary>
    /// <param name="endpoint">The database that was spoken to.</param>
    /// <param name="error">What the engine or the network said.</param>
    /// <param name="doing">What was being done, for the first words of the message.</param>
    public static DatabaseException Wrap(DatabaseEndpoint endpoint, Exception error, string doing = "open") => error switch
    {
        DatabaseException ours => ours,
        PostgresException refused => new DatabaseException(Sentence(endpoint, refused, doing), error),
        SqliteException sqlite => new DatabaseException(Sentence(endpoint, sqlite, doing), error),
        _ => new DatabaseException(Sentence(endpoint, error, doing), error),
    };

    private static string Sentence(DatabaseEndpoint endpoint, PostgresException error, string doing) => error.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"PostgreSQL at {endpoint.Host}:{endpoint.Port} refused the credentials of role '{endpoint.User}' ({error.SqlState}: {error.MessageText}). Check user and password reference in the settings, and pg_hba.conf.",
        PostgresErrorCodes.InvalidCatalogName =>
            $"PostgreSQL at {endpoint.Host}:{endpoint.Port} has no database '{endpoint.Database}'. Correct the name in the settings or create it.",
        PostgresErrorCodes.CannotConnectNow =>
            $"PostgreSQL at {endpoint.Host}:{endpoint.Port} does not accept connections now ({error.MessageText}). Wait and repeat.",
        PostgresErrorCodes.TooManyConnections =>
            $"PostgreSQL at {endpoint.Host}:{endpoint.Port} has no free connection ({error.MessageText}). Raise max_connections or close idle clients.",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"Role '{endpoint.User}' may not {doing} {endpoint.Display} ({error.MessageText}). Grant the right or use the owner's role.",
        PostgresErrorCodes.LockNotAvailable =>
            $"Could not {doing} {endpoint.Display}: another session keeps a table locked ({error.MessageText}). Find it with pg_blocking_pids() in pg_stat_activity, let it end, and repeat.",
        PostgresErrorCodes.DiskFull =>
            $"The server of {endpoint.Display} has no disk space left ({error.MessageText}). Free space there and repeat.",
        _ => $"Could not {doing} {endpoint.Display}: {error.SqlState}: {error.MessageText}.",
    };

    private static string Sentence(DatabaseEndpoint endpoint, SqliteException error, string doing) => error.SqliteErrorCode switch
    {
        SqliteNotADatabase => $"Expected a SQLite database at {endpoint.Path}, found a file that is none. Correct the database URL in the settings.",
        SqliteCannotOpen => $"Could not open the SQLite file {endpoint.Path}: check the rights on the file and on its folder (a WAL database needs to write beside it).",
        SqliteCorrupt => $"The SQLite file {endpoint.Path} is damaged ({error.Message}). Restore it from a backup before migrating.",
        SqliteBusy => $"The SQLite file {endpoint.Path} stayed locked by another process. Wait for that process and repeat.",
        SqliteReadOnly => $"The SQLite file {endpoint.Path} is read-only. Grant write access to this user.",
        SqliteFull => $"No disk space left beside {endpoint.Path}. Free space and repeat.",
        _ => $"Could not {doing} {endpoint.Display}: {error.Message}.",
    };

    private static string Sentence(DatabaseEndpoint endpoint, Exception error, string doing)
    {
        var at = $"{endpoint.Host}:{endpoint.Port}";
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket)
                return $"PostgreSQL at {at} cannot be reached ({socket.Message}). Check that the server runs and that the address in the settings is right.";
            if (cause is TimeoutException)
                return $"PostgreSQL at {at} did not answer in time. Check that the server runs, and the firewall between.";
            if (cause is AuthenticationException)
                return $"The TLS handshake with PostgreSQL at {at} failed ({cause.Message}). Check sslmode and sslrootcert of the database URL.";
        }

        if (error is NpgsqlException && error.Message.Contains("No password has been provided", StringComparison.Ordinal))
            return $"PostgreSQL at {at} asks role '{endpoint.User}' for a password and the settings give none. Set the password reference.";
        if (error is NpgsqlException && error.Message.Contains("SSL", StringComparison.Ordinal))
            return $"PostgreSQL at {at} offers no TLS as sslmode={SslModes.NameOf(endpoint.SslMode)} asks for ({error.Message}). Turn ssl on in the server or change sslmode in the database URL.";
        return $"Could not {doing} {endpoint.Display}: {error.Message}";
    }
}
