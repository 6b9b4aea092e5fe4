using System.Globalization;
using Npgsql;

namespace Seidra.Database;

/// <summary>
/// <c>pg_dump</c> of an exported snapshot. The snapshot is held open by our own read-only transaction, and row counts and
/// checksums are read in it, so they describe exactly what is in the dump while writers go on.
/// </summary>
internal static class PostgresBackup
{
    private const string DumpFolder = "dump";

    public static async Task<BackupManifest> CreateAsync(DatabaseEndpoint source, BackupFolder folder, BackupRequest request, CancellationToken cancel)
    {
        await using var connection = await source.OpenPostgresAsync(cancel);
        var major = connection.PostgreSqlVersion.Major;
        var tool = await request.Tools.FindAsync("pg_dump", major, cancel);
        FreeSpace.Require(await SizeAsync(connection, cancel), folder.Final, request.FreeBytes);

        await ExecuteAsync(connection, PgCatalog.CanonicalSettings, cancel);
        // Locks first, snapshot second (manual: sql-lock): a TRUNCATE between the two would be visible here but not in the dump.
        var locked = await PgCatalog.TablesAsync(connection, cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        await ExecuteAsync(connection, "SET TRANSACTION READ ONLY", cancel);
        foreach (var table in locked)
            await ExecuteAsync(connection, $"LOCK TABLE ONLY {table.Sql} IN ACCESS SHARE MODE", cancel);
        var createdAt = DateTimeOffset.UtcNow;
        var snapshot = await ScalarAsync<string>(connection, "SELECT pg_export_snapshot()", cancel);

        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var dump = PgProcess.RunAsync(tool, source, folder.Path, Arguments(folder, snapshot), request.Log, both.Token);
        var rows = HashAllAsync(connection, request, both.Token);
        await BothAsync(dump, rows, both);
        var tables = await rows;
        if (!File.Exists(Path.Combine(DumpIn(folder.Path), "toc.dat")))
            throw new DatabaseException($"{tool.Path} ended with exit code 0 but wrote no dump. Install PostgreSQL's client programs again or set tools.pgBin.");
        return new BackupManifest
        {
            CreatedAt = createdAt,
            Kind = DatabaseKind.PostgreSql,
            Source = source.Display,
            ServerVersion = connection.PostgreSqlVersion.ToString(),
            ToolVersion = tool.Version,
            Files = await BackupFiles.HashAllAsync(folder.Path, cancel),
            Tables = tables,
            Objects = await PgCatalog.ObjectsAsync(connection, cancel),
            Warnings = await dump,
        };
    }

    /// <summary>The folder inside a backup that <c>pg_restore</c> is given.</summary>
    public static string DumpIn(string backupDirectory) => Path.Combine(backupDirectory, DumpFolder);

    /// <summary>Counts and checksums of all tables as the connection sees them.</summary>
    public static async Task<IReadOnlyList<BackupTable>> HashAllAsync(NpgsqlConnection connection, BackupRequest request, CancellationToken cancel)
    {
        var result = new List<BackupTable>();
        var tables = await PgCatalog.TablesAsync(connection, cancel);
        var ticker = new ProgressTicker(request.Progress, await EstimateAsync(connection, cancel));
        foreach (var table in tables)
        {
            var hashed = await PgRowHasher.HashAsync(connection, table, ticker.Partial, cancel);
            ticker.Complete(hashed.Rows);
            result.Add(hashed);
        }

        return result;
    }

    private static string[] Arguments(BackupFolder folder, string snapshot) =>
    [
        "--format=directory", "--jobs=2", "--compress=1", "--lock-wait-timeout=60000",
        $"--snapshot={snapshot}", $"--file={DumpIn(folder.Path)}",
    ];

    /// <summary>The first failure ends the other half at once, and is the one that is reported.</summary>
    private static async Task BothAsync(Task dump, Task rows, CancellationTokenSource stop)
    {
        var both = Task.WhenAll(dump, rows);
        try
        {
            await await Task.WhenAny(dump, rows);
            await both;
        }
        catch
        {
            await stop.CancelAsync();
            await both.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private static Task<long> SizeAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        ScalarAsync<long>(connection, "SELECT pg_database_size(current_database())", cancel);

    private static Task<long> EstimateAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        ScalarAsync<long>(connection, "SELECT COALESCE(sum(GREATEST(n_live_tup, 0)), 0)::bigint FROM pg_stat_user_tables", cancel);

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)Convert.ChangeType((await command.ExecuteScalarAsync(cancel))!, typeof(T), CultureInfo.InvariantCulture);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
