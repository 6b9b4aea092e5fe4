using System.Diagnostics;
using Npgsql;

namespace Seidra.Sandbox.Machines;

/// <summary>
/// A real PostgreSQL server on 127.0.0.1 with its data below one directory. It ends when the process that started it
/// ends, even by SIGKILL; started again on the same directory it has the same port, password and data.
/// </summary>
public sealed class LocalPostgres : IAsyncDisposable
{
    private readonly PostgresCluster cluster;
    private readonly IReadOnlyList<string> argv;
    private readonly string directory;
    private readonly TimeSpan startTimeout;
    private Leash? leash;

    private LocalPostgres(string directory, PostgresCluster cluster, string bin, ServiceUser user, LocalPostgresOptions options)
    {
        this.directory = directory;
        this.cluster = cluster;
        startTimeout = options.StartTimeout;
        Port = cluster.Port();
        Password = SecretFile.ReadOrCreate(cluster.PasswordFile);
        argv = user.Wrap(cluster.Data, deathSignal: "INT", [Path.Combine(bin, "postgres"), "-D", cluster.Data, .. Arguments(options, Port)]);
    }

    /// <summary>The address the server listens on.</summary>
    public string Host { get; } = "127.0.0.1";

    /// <summary>The port the server listens on, the same at every start on this directory.</summary>
    public int Port { get; }

    /// <summary>The superuser's name.</summary>
    public string User { get; } = "seidra";

    /// <summary>The superuser's generated password.</summary>
    public string Password { get; }

    /// <summary>The file (mode 0600) that holds <see cref="Password"/>.</summary>
    public string PasswordFile => cluster.PasswordFile;

    /// <summary>Whether the server's process runs.</summary>
    public bool IsRunning => leash is { IsRunning: true };

    /// <summary>Starts a server, making its cluster first where the directory holds none.</summary>
    /// <param name="directory">Where cluster, password, port and log lie; made where missing.</param>
    /// <param name="options">Server settings; null for the defaults.</param>
    /// <param name="log">Gets plain lines without secrets.</param>
    /// <param name="ct">Cancels the start.</param>
    /// <exception cref="SandboxException">No PostgreSQL 15 or later is installed, or the server does not come up.</exception>
    public static async Task<LocalPostgres> StartAsync(
        string directory, LocalPostgresOptions? options = null, Action<string>? log = null, CancellationToken ct = default)
    {
        options ??= new LocalPostgresOptions();
        directory = Path.GetFullPath(directory);
        var watch = Stopwatch.StartNew();
        await Installs.Machine.EnsureAsync(Requirement.Postgres, log, ct);
        var bin = PostgresBinaries.Find()!;
        Directory.CreateDirectory(directory);
        var user = ServiceUser.Current();
        var cluster = new PostgresCluster(directory, bin, user);
        var server = new LocalPostgres(directory, cluster, bin, user, options);
        await cluster.EnsureAsync(server.User, server.Password, ct);
        await server.LaunchAsync(ct);
        log?.Invoke($"PostgreSQL serves on {server.Host}:{server.Port} after {watch.ElapsedMilliseconds} ms");
        return server;
    }

    /// <summary>The Npgsql connection string of a database on this server, password included.</summary>
    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder { Host = Host, Port = Port, Username = User, Password = Password, Database = database, IncludeErrorDetail = true }.ConnectionString;

    /// <summary>The URL of a database on this server, without the password.</summary>
    public string Url(string database) => $"postgresql://{User}@{Host}:{Port}/{Uri.EscapeDataString(database)}";

    /// <summary>Makes a database; one that is there already stays as it is.</summary>
    public async Task CreateDatabaseAsync(string name, CancellationToken ct = default)
    {
        try
        {
            await using var connection = await ConnectAsync(ct);
            var quoted = new NpgsqlCommandBuilder().QuoteIdentifier(name);
            await using var command = new NpgsqlCommand($"CREATE DATABASE {quoted}", connection);
            await command.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            // Asked for twice: it is there.
        }
        catch (NpgsqlException error)
        {
            throw new SandboxException($"Expected to make the database {name} on {Host}:{Port}, found: {error.Message}", error);
        }
    }

    /// <summary>Ends the server in order (fast shutdown: sessions are cut, data is flushed).</summary>
    public async Task StopAsync()
    {
        if (leash is not { } held)
            return;
        leash = null;
        await held.StopAsync();
        held.Dispose();
    }

    /// <summary>Kills the server and all its backends with SIGKILL, as a power cut would.</summary>
    public async Task KillAsync(CancellationToken ct = default)
    {
        if (leash is not { } held)
            return;
        if (cluster.ServerProcess() is { } pid)
        {
            var family = File.ReadAllText($"/proc/{pid}/task/{pid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);
            foreach (var member in family.Prepend(pid).ToList())
                Kill(member);
        }

        await held.WaitAsync(ct);
        leash = null;
        held.Dispose();
    }

    /// <summary>Starts the server again on the same port and data; one that still runs is ended in order first.</summary>
    public async Task RestartAsync(CancellationToken ct = default)
    {
        await StopAsync();
        await LaunchAsync(ct);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await StopAsync();

    private static IEnumerable<string> Arguments(LocalPostgresOptions options, int port)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = port.ToString(),
            // A socket's path may have 107 bytes, fewer than many a temporary directory's; nobody needs it here.
            ["unix_socket_directories"] = "",
            ["wal_level"] = "logical",
            ["max_connections"] = "100",
            ["fsync"] = "on",
            ["shared_buffers"] = "64MB",
            ["max_wal_size"] = "1GB",
            ["huge_pages"] = "off",
            ["timezone"] = "UTC",
            ["lc_messages"] = "C",
        };
        foreach (var (name, value) in options.Settings)
            settings[name] = value;
        return settings.SelectMany(setting => new[] { "-c", $"{setting.Key}={setting.Value}" });
    }

    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            // Already gone with its parent.
        }
    }

    private async Task LaunchAsync(CancellationToken ct)
    {
        await cluster.ClearStaleAsync(ct);
        if (!FreePorts.IsFree(Port))
            throw new SandboxException($"Expected port {Port} of 127.0.0.1 free for PostgreSQL, found a listener; end it or delete {directory} for a new server.");
        leash = Leash.Start(argv, "INT", cluster.LogFile, Path.GetTempPath());
        try
        {
            await WaitUntilReadyAsync(ct);
        }
        catch
        {
            await StopAsync();
            throw;
        }
    }

    private async Task WaitUntilReadyAsync(CancellationToken ct)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(25, ct))
        {
            if (!IsRunning)
                throw new SandboxException($"Expected PostgreSQL to start, found that it ended; its last words in {cluster.LogFile}: {LastWords()}");
            try
            {
                await using var connection = await ConnectAsync(ct);
                return;
            }
            catch (NpgsqlException) when (watch.Elapsed < startTimeout)
            {
                // Not listening yet, or still in recovery.
            }
            catch (NpgsqlException error)
            {
                throw new SandboxException($"Expected PostgreSQL to answer within {startTimeout.TotalSeconds:0} s, found: {error.Message}; see {cluster.LogFile}", error);
            }
        }
    }

    private string LastWords() => string.Join(" | ", File.ReadLines(cluster.LogFile).TakeLast(3));

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken ct)
    {
        var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
