namespace Seidra.Database;

/// <summary>Backs up a living database: PostgreSQL by <c>pg_dump</c>, SQLite by its online backup.</summary>
public static class DatabaseBackup
{
    /// <summary>
    /// Makes a backup in a folder of its own. The folder appears whole or not at all; an earlier backup there is replaced only
    /// by a finished one. Writers of the database go on meanwhile.
    /// </summary>
    /// <param name="source">The database.</param>
    /// <param name="directory">Where the backup will be found: free, empty, or holding an earlier backup.</param>
    /// <param name="tools">Finds <c>pg_dump</c>; null looks in the usual places.</param>
    /// <param name="log">Told plain lines without secrets.</param>
    /// <param name="progress">Told (done, total) in rows or pages; total 0 means unknown.</param>
    /// <param name="cancel">Ends the backup; nothing is left of it.</param>
    /// <exception cref="DatabaseException">Unreachable, refused, no space, no fitting tool, or a tool that failed or warned.</exception>
    public static Task<BackupManifest> CreateAsync(
        DatabaseEndpoint source,
        string directory,
        PgTools? tools = null,
        Action<string>? log = null,
        Action<long, long>? progress = null,
        CancellationToken cancel = default) =>
        CreateAsync(source, directory, new BackupRequest(tools ?? new PgTools(), FreeSpace.Of, log, progress), cancel);

    /// <summary>Hashes every file again and compares with the manifest.</summary>
    /// <param name="directory">Folder of the backup.</param>
    /// <param name="cancel">Ends the hashing.</param>
    /// <returns>The manifest, of which every file holds.</returns>
    /// <exception cref="DatabaseException">No finished backup is there, or it names every file that is missing, changed or additional.</exception>
    public static async Task<BackupManifest> VerifyAsync(string directory, CancellationToken cancel = default)
    {
        try
        {
            var manifest = ManifestFile.Read(directory);
            var problems = await BackupFiles.CompareAsync(directory, manifest, cancel);
            return problems.Count == 0
                ? manifest
                : throw new DatabaseException($"The backup in {directory} is not what was written. Make it again: --target=BackupDatabase.", problems);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"The backup in {directory} cannot be read: {error.Message}", error);
        }
    }

    internal static async Task<BackupManifest> CreateAsync(DatabaseEndpoint source, string directory, BackupRequest request, CancellationToken cancel)
    {
        try
        {
            using var folder = BackupFolder.Begin(directory, request.Log);
            // SQLite's calls block; the caller's thread (perhaps a progress bar) must not.
            var manifest = source.Kind == DatabaseKind.PostgreSql
                ? await PostgresBackup.CreateAsync(source, folder, request, cancel)
                : await Task.Run(() => SqliteBackup.CreateAsync(source, folder, request, cancel), cancel);
            if (manifest.Tables.Count == 0)
                throw new DatabaseException($"{source.Display} holds no table: there is nothing to back up. Check the database URL in the settings.");
            var written = ManifestFile.Write(folder.Path, manifest);
            folder.Publish();
            return written;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"The backup into {directory} cannot be written: {error.Message}", error);
        }
        catch (Exception error) when (error is Npgsql.NpgsqlException or Microsoft.Data.Sqlite.SqliteException)
        {
            throw EndpointErrors.Wrap(source, error, "back up");
        }
    }
}
