using Npgsql;

namespace Seidra.Database;

/// <summary>
/// A database on a PostgreSQL server that a drill creates, marks as its own by a comment, and drops. A database of that name
/// with anything else in it is never touched.
/// </summary>
internal sealed class ScratchDatabase : IAsyncDisposable
{
    private const string Mark = "seidra-cutover drill";

    /// <summary>First half of the key of the advisory lock: "SEID", so that it meets nobody else's.</summary>
    private const int LockClass = 0x53454944;

    private static readonly string[] MaintenanceDatabases = ["postgres", "template1"];

    private readonly NpgsqlConnection _maintenance;

    private ScratchDatabase(NpgsqlConnection maintenance, DatabaseEndpoint endpoint)
    {
        _maintenance = maintenance;
        Endpoint = endpoint;
    }

    /// <summary>The scratch database.</summary>
    public DatabaseEndpoint Endpoint { get; }

    /// <summary>Major version of the server.</summary>
    public int ServerMajor => _maintenance.PostgreSqlVersion.Major;

    /// <summary>Creates the database; one that an earlier drill left is dropped first.</summary>
    /// <exception cref="DatabaseException">The name is taken by a database that no drill made, or another drill is using it.</exception>
    public static async Task<ScratchDatabase> CreateAsync(DatabaseEndpoint endpoint, CancellationToken cancel)
    {
        var scratch = new ScratchDatabase(await OpenMaintenanceAsync(endpoint, cancel), endpoint);
        try
        {
            await scratch.ClaimAsync(cancel);
            return scratch;
        }
        catch
        {
            await scratch._maintenance.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// The folder that holds the server's data, where the server runs on this machine and says it; null where its free space
    /// cannot be seen from here.
    /// </summary>
    public async Task<string?> LocalFolderAsync(CancellationToken cancel)
    {
        var folder = await ScalarAsync(
            """
            SELECT setting FROM pg_settings
            WHERE name = 'data_directory' AND (inet_server_addr() IS NULL OR inet_server_addr() <<= '127.0.0.0/8' OR inet_server_addr() = '::1')
            """,
            cancel) as string;
        return Directory.Exists(folder) ? folder : null;
    }

    /// <summary>Drops the database, whoever is still connected to it.</summary>
    public async ValueTask DisposeAsync()
    {
        await using (_maintenance)
            await DropAsync(CancellationToken.None);
    }

    private async Task ClaimAsync(CancellationToken cancel)
    {
        var name = Endpoint.Database;
        await LockAsync(cancel);
        var existing = (string?)await ScalarAsync("SELECT COALESCE(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = $1", cancel, name);
        if (existing is not null)
        {
            if (existing != Mark && !await IsUnusedAsync(cancel))
                throw new DatabaseException($"Expected '{name}' to be free for the restore drill, found a database that no drill made and that holds data. Name another one in ultimate.database.scratch.");
            await DropAsync(cancel);
        }

        // template0 and UTF-8 whatever the cluster's default; the C locale exists everywhere and indexes only need an order.
        await ExecuteAsync($"CREATE DATABASE {SqlName.Quote(name)} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'", cancel);
        // It lives for minutes: a crash may cost it its last commits, and its indexes may be made in memory.
        await ExecuteAsync($"ALTER DATABASE {SqlName.Quote(name)} SET synchronous_commit = off", cancel);
        await ExecuteAsync($"ALTER DATABASE {SqlName.Quote(name)} SET maintenance_work_mem = '128MB'", cancel);
        await ExecuteAsync($"COMMENT ON DATABASE {SqlName.Quote(name)} IS {SqlName.Literal(Mark)}", cancel);
    }

    /// <summary>
    /// Takes the name for this session, which ends with this process however that ends. It waits a while: after a kill the
    /// server finishes the killed drill's statement before it notices that nobody is there any more.
    /// </summary>
    private async Task LockAsync(CancellationToken cancel)
    {
        try
        {
            await ExecuteAsync("SET lock_timeout = '30s'", cancel);
            await ScalarAsync("SELECT pg_advisory_lock($1, hashtext($2))", cancel, LockClass, Endpoint.Database);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new DatabaseException($"Another restore drill is using the database '{Endpoint.Database}'. Wait for it to end.", error);
        }
    }

    /// <summary>An empty database without mark: a drill killed between creating and marking, or one made for this by hand.</summary>
    private async Task<bool> IsUnusedAsync(CancellationToken cancel)
    {
        await using var connection = await Endpoint.OpenPostgresAsync(cancel);
        await using var command = new NpgsqlCommand(
            @"SELECT NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%')",
            connection);
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    // FORCE (PostgreSQL 13): a pg_restore that outlived its killed parent must not keep the database.
    private Task DropAsync(CancellationToken cancel) =>
        ExecuteAsync($"DROP DATABASE IF EXISTS {SqlName.Quote(Endpoint.Database)} {(ServerMajor >= 13 ? "WITH (FORCE)" : "")}", cancel);

    private static async Task<NpgsqlConnection> OpenMaintenanceAsync(DatabaseEndpoint endpoint, CancellationToken cancel)
    {
        if (MaintenanceDatabases.Contains(endpoint.Database, StringComparer.Ordinal))
            throw new DatabaseException($"The scratch database may not be '{endpoint.Database}', which belongs to the server. Name another one in ultimate.database.scratch.");
        DatabaseException? first = null;
        foreach (var database in MaintenanceDatabases)
        {
            try
            {
                return await endpoint.WithDatabase(database).OpenPostgresAsync(cancel);
            }
            catch (DatabaseException error) when (error.InnerException is PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InsufficientPrivilege })
            {
                first ??= error;
            }
        }

        throw first!;
    }

    private async Task<object?> ScalarAsync(string sql, CancellationToken cancel, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, _maintenance);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteScalarAsync(cancel);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, _maintenance);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
