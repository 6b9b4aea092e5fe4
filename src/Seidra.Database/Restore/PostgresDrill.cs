using Npgsql;

namespace Seidra.Database;

/// <summary>Restores a <c>pg_dump</c> folder into a scratch database and reads back what arrived.</summary>
internal static class PostgresDrill
{
    public static async Task<RestoredDatabase> RestoreAsync(
        string backupDirectory, BackupManifest manifest, DatabaseEndpoint scratch, BackupRequest request, CancellationToken cancel)
    {
        var dumpMajor = int.Parse(manifest.ToolVersion.Split('.')[0]);
        await using var database = await ScratchDatabase.CreateAsync(scratch, cancel);
        var tool = await request.Tools.FindAsync("pg_restore", Math.Max(dumpMajor, database.ServerMajor), cancel);
        // Beside the backup, not in the system's temporary folder: what a killed drill leaves there the next one removes.
        using (var folder = BackupFolder.Begin(Path.TrimEndingDirectorySeparator(backupDirectory) + ".drill", request.Log))
            await PgProcess.RunAsync(tool, scratch, folder.Path, Arguments(backupDirectory), request.Log, cancel);

        await using var connection = await scratch.OpenPostgresAsync(cancel);
        await using (var command = new NpgsqlCommand(PgCatalog.CanonicalSettings, connection))
            await command.ExecuteNonQueryAsync(cancel);
        return new RestoredDatabase(
            await PostgresBackup.HashAllAsync(connection, request, cancel),
            await PgCatalog.ObjectsAsync(connection, cancel));
    }

    // Roles, tablespaces and subscriptions of Classic's server do not exist on another one and hold no rows.
    private static string[] Arguments(string backupDirectory) =>
    [
        "--format=directory", "--jobs=2", "--exit-on-error", "--no-owner", "--no-privileges", "--no-tablespaces",
        "--no-publications", "--no-subscriptions", PostgresBackup.DumpIn(backupDirectory),
    ];
}
