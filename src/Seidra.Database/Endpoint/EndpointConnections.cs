using Microsoft.Data.Sqlite;
using Npgsql;

namespace Seidra.Database;

/// <summary>Opens connections and says in words why one could not be opened.</summary>
internal static class EndpointConnections
{
    private const string ApplicationName = "seidra-cutover";
    private const int ConnectTimeoutSeconds = 10;
    private const int SqliteBusySeconds = 30;

    public static NpgsqlConnectionStringBuilder Builder(DatabaseEndpoint endpoint, int maxConnections = 0) => new()
    {
        Host = endpoint.Host,
        Port = endpoint.Port,
        Database = endpoint.Database,
        Username = endpoint.User,
        Password = endpoint.Password,
        SslMode = endpoint.SslMode,
        RootCertificate = endpoint.SslRootCertificate,
        ApplicationName = ApplicationName,
        Timeout = ConnectTimeoutSeconds,
        // Backups and copies run as long as the data is large; cancellation is by token.
        CommandTimeout = 0,
        KeepAlive = 30,
        // Whole tables are read: an eighth of the system calls of the driver's default.
        ReadBufferSize = 64 << 10,
        Pooling = maxConnections > 0,
        MaxPoolSize = Math.Max(1, maxConnections),
    };

    public static async Task<NpgsqlConnection> OpenPostgresAsync(DatabaseEndpoint endpoint, CancellationToken cancel)
    {
        if (endpoint.Kind != DatabaseKind.PostgreSql)
            throw new DatabaseException($"Expected a PostgreSQL database, found {endpoint.Display}.");
        var connection = new NpgsqlConnection(Builder(endpoint).ConnectionString);
        try
        {
            await connection.OpenAsync(cancel);
            return connection;
        }
        catch (Exception error)
        {
            await connection.DisposeAsync();
            if (error is OperationCanceledException)
                throw;
            throw EndpointErrors.Wrap(endpoint, error);
        }
    }

    public static async Task<SqliteConnection> OpenSqliteAsync(DatabaseEndpoint endpoint, SqliteOpenMode mode, CancellationToken cancel)
    {
        if (endpoint.Kind != DatabaseKind.Sqlite)
            throw new DatabaseException($"Expected a SQLite database, found {endpoint.Display}.");
        if (mode != SqliteOpenMode.ReadWriteCreate && !File.Exists(endpoint.Path))
            throw new DatabaseException($"Expected a SQLite database at {endpoint.Path}, found no such file. Correct the database URL in the settings.");
        var builder = new SqliteConnectionStringBuilder
        {
            DataSource = endpoint.Path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = SqliteBusySeconds,
        };
        var connection = new SqliteConnection(builder.ConnectionString);
        try
        {
            await connection.OpenAsync(cancel);
            // SQLite reads the header only at the first statement; a file that is no database must fail here, by name.
            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA busy_timeout = {SqliteBusySeconds * 1000}; SELECT count(*) FROM sqlite_master";
            command.ExecuteScalar();
            return connection;
        }
        catch (Exception error)
        {
            await connection.DisposeAsync();
            if (error is OperationCanceledException)
                throw;
            throw EndpointErrors.Wrap(endpoint, error);
        }
    }
}
