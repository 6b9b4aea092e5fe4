using Npgsql;

namespace Seidra.Database;

/// <summary>Restores a <c>pg_dump</c> folder into a scratch database and reads back what arrived.</summary>
internal static class PostgresDrill
{
    public static async Task<RestoredDatabase> RestoreAsync(
        string backupDirectory, BackupManifest manifest, DatabaseEndpoint scratch, BackupRequest request, RestoredStep? then, CancellationToken cancel)
    {
        var dumpMajor = int.Parse(manifest.ToolVersion.Split('.')[0]);
        // Beside the backup, not in the system's temporary folder: what a killed drill leaves there the next one removes.
        using var folder = BackupFolder.Begin(Path.TrimEndingDirectorySeparator(backupDirectory) + ".drill", request.Log);
        FreeSpace.RequireForDrill(manifest.ContentBytes, folder.Final, request.FreeBytes, "backup.directory");
        await using var database = await ScratchDatabase.CreateAsync(scratch, cancel);
        if (await database.LocalFolderAsync(cancel) is { } data)
            FreeSpace.RequireForDrill(manifest.DatabaseBytes, data, request.FreeBytes, "ultimate.database.scratch");
        var tool = await request.Tools.FindAsync("pg_restore", Math.Max(dumpMajor, database.ServerMajor), cancel);
        var dump = PostgresBackup.DumpIn(folder.Path);
        await BackupFiles.UnpackAllAsync(PostgresBackup.DumpIn(backupDirectory), dump, cancel);
        await PgProcess.RunAsync(tool, scratch, folder.Path, Arguments(dump), request.Log, cancel);

        await using var connection = await OpenAsync(scratch, cancel);
        await using var second = await OpenAsync(scratch, cancel);
        var tables = await PgCatalog.TablesAsync(connection, cancel);
        var restored = new RestoredDatabase(
            await PostgresBackup.HashAllAsync([connection, second], tables, request, cancel),
            await PgCatalog.ObjectsAsync(connection, cancel));
        if (then is null || !restored.EqualTo(manifest))
            return restored;
        await then(scratch, cancel);
        return restored with { After = await PostgresBackup.HashAllAsync([connection, second], tables, request, cancel) };
    }

    private static async Task<NpgsqlConnection> OpenAsync(DatabaseEndpoint scratch, CancellationToken cancel)
    {
        var connection = await scratch.OpenPostgresAsync(cancel);
        await using var command = new NpgsqlCommand(PgCatalog.CanonicalSettings, connection);
        await command.ExecuteNonQueryAsync(cancel);
        return connection;
    }

    // Roles, tablespaces and subscriptions of Classic's server do not exist on another one and hold no rows.
    private static string[] Arguments(string dump) =>
    [
        "--format=directory", "--jobs=2", "--exit-on-error", "--no-owner", "--no-privileges", "--no-tablespaces",
        "--no-publications", "--no-subscriptions", dump,
    ];
}
