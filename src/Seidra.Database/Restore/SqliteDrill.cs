using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>Restores a SQLite backup: the file is put to a scratch path and opened as a database there.</summary>
internal static class SqliteDrill
{
    private const string Mark = ".seidra-drill";

    public static async Task<RestoredDatabase> RestoreAsync(
        string backupDirectory, BackupManifest manifest, DatabaseEndpoint scratch, BackupRequest request, CancellationToken cancel)
    {
        var path = scratch.Path!;
        var mark = path + Mark;
        if (File.Exists(path) && !File.Exists(mark))
            throw new DatabaseException($"Expected {path} to be free for the restore drill, found a file that no drill made. Move it away or name another scratch database.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FreeSpace.Require(manifest.Files.Sum(file => file.SizeBytes), Path.GetDirectoryName(path)!, request.FreeBytes);
        try
        {
            // The mark first: what a killed drill leaves is then always recognised as a drill's.
            await File.WriteAllTextAsync(mark, "Made by the restore drill; may be deleted.\n", cancel);
            File.Copy(Path.Combine(backupDirectory, SqliteBackup.FileName), path, overwrite: true);
            await using var restored = await scratch.OpenSqliteAsync(SqliteOpenMode.ReadOnly, cancel);
            SqliteBackup.RequireIntact(restored, scratch);
            return new RestoredDatabase(SqliteRowHasher.HashAll(restored, request.Progress, cancel), SqliteBackup.Objects(restored));
        }
        finally
        {
            foreach (var file in (string[])[path, path + "-wal", path + "-shm", path + "-journal", mark])
                File.Delete(file);
        }
    }
}
