using Npgsql;
using Seidra.Sandbox.Machines;

namespace Seidra.Cutover.Bench;

/// <summary>The suite's own PostgreSQL, tuned for loading, the same for ours and for the peers.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["shared_buffers"] = "1GB",
        ["maintenance_work_mem"] = "512MB",
        ["work_mem"] = "64MB",
        ["max_wal_size"] = "16GB",
        ["checkpoint_timeout"] = "30min",
        ["max_replication_slots"] = "20",
        ["max_wal_senders"] = "20",
        // It would begin somewhere in somebody's run.
        ["autovacuum"] = "off",
    };

    private readonly LocalPostgres _server;

    private BenchServer(LocalPostgres server, string passFile)
    {
        _server = server;
        PassFile = passFile;
    }

    /// <summary>The file in libpq's form that holds the password, mode 0600.</summary>
    public string PassFile { get; }

    /// <summary>The password; goes to children by environment only.</summary>
    public string Password => _server.Password;

    /// <summary>Starts a server whose data lies below a folder.</summary>
    public static async Task<BenchServer> StartAsync(string folder, BenchLog log, CancellationToken cancel)
    {
        var server = await LocalPostgres.StartAsync(folder, new LocalPostgresOptions { Settings = Settings }, log.Line, cancel);
        var passFile = Path.Combine(folder, "pgpass");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(passFile, options);
        await writer.WriteLineAsync($"{server.Host}:{server.Port}:*:{server.User}:{server.Password}");
        return new BenchServer(server, passFile);
    }

    /// <summary>The URL of a database, without the password.</summary>
    public string Url(string database) => _server.Url(database);

    /// <summary>Opens a connection of its own.</summary>
    public async Task<NpgsqlConnection> OpenAsync(string database, CancellationToken cancel)
    {
        var connection = Connection(database);
        try
        {
            await connection.OpenAsync(cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a connection of its own, on a thread that may block.</summary>
    public NpgsqlConnection Open(string database)
    {
        var connection = Connection(database);
        connection.Open();
        return connection;
    }

    /// <summary>Makes a database, in place of one of the same name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="template">The database to copy; <c>null</c> for an empty one.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task CreateAsync(string name, string? template, CancellationToken cancel)
    {
        await DropAsync(name, cancel);
        await ExecuteAsync("postgres", $"CREATE DATABASE {name} TEMPLATE {template ?? "template0"}", cancel);
        await ExecuteAsync("postgres", "CHECKPOINT", cancel);
    }

    /// <summary>Removes a database with its sessions and replication slots.</summary>
    public async Task DropAsync(string name, CancellationToken cancel)
    {
        await ExecuteAsync("postgres", $"SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE database = '{name}' AND active", cancel);
        await ExecuteAsync("postgres", $"SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = '{name}'", cancel);
        await ExecuteAsync("postgres", $"DROP DATABASE IF EXISTS {name} WITH (FORCE)", cancel);
    }

    /// <summary>Runs statements.</summary>
    public async Task ExecuteAsync(string database, string sql, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(database, cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The one number that a query answers.</summary>
    public async Task<long> CountAsync(string database, string sql, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(database, cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private NpgsqlConnection Connection(string database) => new(_server.ConnectionString(database) + ";Pooling=false;Command Timeout=0");
}
