using Npgsql;
using Seidra.Sandbox;

namespace Seidra.Cutover.Bench;

/// <summary>What the measurements of one run share: a folder, a server, Classic's data. Gone when disposed.</summary>
internal sealed class BenchRig : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seidra-bench-");
    private readonly Dictionary<int, string> _files = [];
    private readonly Dictionary<int, string> _databases = [];
    private BenchServer? _server;

    private BenchRig(BenchRequest request, BenchLog log) => (Request, Log) = (request, log);

    /// <summary>What is asked for.</summary>
    public BenchRequest Request { get; }

    /// <summary>Told how far it is.</summary>
    public BenchLog Log { get; }

    /// <summary>A folder for whatever is needed; removed at the end.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The server.</summary>
    public BenchServer Server => _server!;

    /// <summary>Starts the server.</summary>
    /// <exception cref="BenchException">A program without which nothing can be measured is missing.</exception>
    public static async Task<BenchRig> StartAsync(BenchRequest request, BenchLog log, CancellationToken cancel)
    {
        var rig = new BenchRig(request, log);
        try
        {
            await Sandbox.Machines.Installs.Machine.EnsureAsync(new("GNU time", ["time"], () => File.Exists("/usr/bin/time") || MeasuredProcess.Time is not null), log.Line, cancel);
            rig._server = await BenchServer.StartAsync(Path.Combine(rig.Folder, "postgres"), log, cancel);
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    /// <summary>Classic as a SQLite file; made once, for reading only.</summary>
    public string SqliteClassic(int rows, CancellationToken cancel)
    {
        if (_files.TryGetValue(rows, out var made))
        {
            return made;
        }

        var path = Path.Combine(Folder, $"classic-{rows}.db");
        ClassicDatabases.CreateSqlite(path, rows, cancel);
        Log.Line($"Classic on SQLite: {rows} jobs and as many media, {new FileInfo(path).Length >> 20} MB");
        return _files[rows] = path;
    }

    /// <summary>Classic as a PostgreSQL database; made once, for reading only and as a template.</summary>
    public async Task<string> PostgresClassicAsync(int rows, CancellationToken cancel)
    {
        if (_databases.TryGetValue(rows, out var made))
        {
            return made;
        }

        var name = $"classic_{rows}";
        await Server.CreateAsync(name, null, cancel);
        await using (var connection = await Server.OpenAsync(name, cancel))
        {
            ClassicDatabases.CreatePostgres(connection, rows, cancel);
        }

        Log.Line($"Classic on PostgreSQL: {rows} jobs and as many media, {await Server.CountAsync(name, "SELECT pg_database_size(current_database()) >> 20", cancel)} MB");
        return _databases[rows] = name;
    }

    /// <summary>This program, measuring a part on the databases given.</summary>
    /// <param name="part">The part's name.</param>
    /// <param name="classic">Classic's URL.</param>
    /// <param name="ultimate">The other database's URL; <c>null</c> where the part needs none.</param>
    /// <param name="backup">A backup's folder; <c>null</c> where the part needs none.</param>
    public CommandLine Ours(string part, string classic, string? ultimate = null, string? backup = null) => OwnProgram.Measure(
        "database",
        part,
        new MeasureInput(classic, ultimate, Server.Password, backup).ToEnvironment(),
        Folder);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        try
        {
            _folder.Delete(recursive: true);
        }
        catch (IOException error)
        {
            throw new SandboxException($"Expected to remove {Folder}, found: {error.Message} Remove it by hand.", error);
        }
    }
}
