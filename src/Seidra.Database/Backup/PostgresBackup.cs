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
        var size = await SizeAsync(connection, cancel);
        // Once as text, before it is packed, and once packed.
        FreeSpace.Require(2 * size, folder.Final, request.FreeBytes);

        await ExecuteAsync(connection, PgCatalog.CanonicalSettings, cancel);
        // Locks first, snapshot second (manual: sql-lock): a TRUNCATE between the two would be visible here but not in the dump.
        var locked = await PgCatalog.TablesAsync(connection, cancel);
        await using var transaction = await BeginAsync(connection, cancel);
        await LockAsync(connection, locked, cancel);
        var createdAt = DateTimeOffset.UtcNow;
        var snapshot = await ScalarAsync<string>(connection, "SELECT pg_export_snapshot()", cancel);
        // The second reader takes its locks at once too: later it might queue behind somebody who waits for ours.
        await using var second = await source.OpenPostgresAsync(cancel);
        await ExecuteAsync(second, PgCatalog.CanonicalSettings, cancel);
        await using var same = await BeginAsync(second, cancel);
        await ExecuteAsync(second, $"SET TRANSACTION SNAPSHOT {SqlName.Literal(snapshot)}", cancel);
        await LockAsync(second, locked, cancel);

        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var dump = DumpAsync(tool, source, folder, snapshot, request, both.Token);
        var rows = HashAllAsync([connection, second], await PgCatalog.TablesAsync(connection, cancel), request, both.Token);
        await BothAsync(dump, rows, both);
        var (contentBytes, warnings) = await dump;
        return new BackupManifest
        {
            CreatedAt = createdAt,
            Kind = DatabaseKind.PostgreSql,
            Source = source.Display,
            ServerVersion = connection.PostgreSqlVersion.ToString(),
            ToolVersion = tool.Version,
            DatabaseBytes = size,
            ContentBytes = contentBytes,
            Files = await BackupFiles.HashAllAsync(folder.Path, cancel),
            Tables = await rows,
            Objects = await PgCatalog.ObjectsAsync(connection, cancel),
            Warnings = warnings,
        };
    }

    /// <summary>The folder inside a backup that <c>pg_restore</c> is given.</summary>
    public static string DumpIn(string backupDirectory) => Path.Combine(backupDirectory, DumpFolder);

    /// <summary>Counts and checksums of the tables as the connections see them.</summary>
    public static async Task<IReadOnlyList<BackupTable>> HashAllAsync(
        IReadOnlyList<NpgsqlConnection> readers, IReadOnlyList<PgTable> tables, BackupRequest request, CancellationToken cancel)
    {
        var ticker = new ProgressTicker(request.Progress, await EstimateAsync(readers[0], cancel));
        return await PgChecksums.ReadAsync(readers, tables, ticker, cancel);
    }

    // Packed by us and not by pg_dump: that knows zstd only since PostgreSQL 16.
    private static async Task<(long ContentBytes, IReadOnlyList<string> Warnings)> DumpAsync(
        PgTool tool, DatabaseEndpoint source, BackupFolder folder, string snapshot, BackupRequest request, CancellationToken cancel)
    {
        string[] arguments =
        [
            "--format=directory", "--jobs=2", "--compress=0", "--lock-wait-timeout=60000",
            $"--snapshot={snapshot}", $"--file={DumpIn(folder.Path)}",
        ];
        var warnings = await PgProcess.RunAsync(tool, source, folder.Path, arguments, request.Log, cancel);
        if (!File.Exists(Path.Combine(DumpIn(folder.Path), "toc.dat")))
            throw new DatabaseException($"{tool.Path} ended with exit code 0 but wrote no dump. Install PostgreSQL's client programs again or set tools.pgBin.");
        return (await BackupFiles.PackAllAsync(DumpIn(folder.Path), cancel), warnings);
    }

    private static async Task<NpgsqlTransaction> BeginAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        await ExecuteAsync(connection, "SET TRANSACTION READ ONLY", cancel);
        return transaction;
    }

    private static async Task LockAsync(NpgsqlConnection connection, IReadOnlyList<PgTable> tables, CancellationToken cancel)
    {
        foreach (var table in tables)
            await ExecuteAsync(connection, $"LOCK TABLE ONLY {table.Sql} IN ACCESS SHARE MODE", cancel);
    }

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
