using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>Restores a SQLite backup: the file is unpacked to a scratch path and opened as a database there.</summary>
internal static class SqliteDrill
{
    private const string Mark = ".seidra-drill";

    public static async Task<RestoredDatabase> RestoreAsync(
        string backupDirectory, BackupManifest manifest, DatabaseEndpoint scratch, BackupRequest request, RestoredStep? then, CancellationToken cancel)
    {
        var path = scratch.Path!;
        var mark = path + Mark;
        if (File.Exists(path) && !File.Exists(mark))
            throw new DatabaseException($"Expected {path} to be free for the restore drill, found a file that no drill made. Move it away or name another scratch database.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FreeSpace.RequireForDrill(manifest.ContentBytes, Path.GetDirectoryName(path)!, request.FreeBytes, "ultimate.database.scratch");
        try
        {
            // The mark first: what a killed drill leaves is then always recognised as a drill's.
            await File.WriteAllTextAsync(mark, "Made by the restore drill; may be deleted.\n", cancel);
            await ZstdFile.UnpackAsync(Path.Combine(backupDirectory, SqliteBackup.FileName), path, cancel);
            var intact = Task.Run(() => RequireIntactAsync(scratch, cancel), cancel);
            IReadOnlyList<SqliteTable> tables;
            RestoredDatabase restored;
            await using (var connection = await scratch.OpenSqliteAsync(SqliteOpenMode.ReadOnly, cancel))
            {
                tables = SqliteRowHasher.Describe(connection);
                restored = new RestoredDatabase(SqliteRowHasher.HashAll(connection, tables, request.Progress, cancel), SqliteBackup.Objects(connection));
            }

            await intact;
            if (then is null || !restored.EqualTo(manifest))
                return restored;
            await then(scratch, cancel);
            await using var after = await scratch.OpenSqliteAsync(SqliteOpenMode.ReadOnly, cancel);
            return restored with { After = SqliteRowHasher.HashAll(after, tables, request.Progress, cancel) };
        }
        finally
        {
            foreach (var file in (string[])[path, path + "-wal", path + "-shm", path + "-journal", mark])
                File.Delete(file);
        }
    }

    private static async Task RequireIntactAsync(DatabaseEndpoint scratch, CancellationToken cancel)
    {
        await using var connection = await scratch.OpenSqliteAsync(SqliteOpenMode.ReadOnly, cancel);
        SqliteBackup.RequireIntact(connection, scratch);
    }
}
