namespace Seidra.Database;

/// <summary>
/// Proves a backup by restoring it: into a scratch database made for this and dropped afterwards, where every table is counted
/// and its checksum compared with what the backed-up snapshot held.
/// </summary>
public static class RestoreDrill
{
    /// <summary>Runs the drill.</summary>
    /// <param name="backupDirectory">Folder of a finished backup; its files are hashed first.</param>
    /// <param name="scratch">
    /// A database name on any PostgreSQL server that must be free (or left by an earlier drill), or a SQLite path; same engine
    /// as the backup. The role needs CREATEDB.
    /// </param>
    /// <param name="tools">Finds <c>pg_restore</c>; null looks in the usual places.</param>
    /// <param name="log">Told plain lines without secrets.</param>
    /// <param name="progress">Told (done, total) rows compared; total 0 means unknown.</param>
    /// <param name="then">
    /// Run on the restored copy once it has proved equal, before it is dropped; afterwards all tables and columns of the backup
    /// are read again and must still be what they were (additional columns are allowed).
    /// </param>
    /// <param name="cancel">Ends the drill; the scratch database is dropped all the same.</param>
    /// <returns>One line per table, all of them equal.</returns>
    /// <exception cref="DatabaseException">
    /// The backup was changed, the scratch place holds somebody's data, the restore failed, or tables differ (all of them named), before the step or after it.
    /// </exception>
    public static async Task<IReadOnlyList<TableCheck>> RunAsync(
        string backupDirectory,
        DatabaseEndpoint scratch,
        PgTools? tools = null,
        Action<string>? log = null,
        Action<long, long>? progress = null,
        RestoredStep? then = null,
        CancellationToken cancel = default) =>
        await RunAsync(backupDirectory, scratch, new BackupRequest(tools ?? new PgTools(), FreeSpace.Of, log, progress), then, cancel);

    internal static async Task<IReadOnlyList<TableCheck>> RunAsync(
        string backupDirectory, DatabaseEndpoint scratch, BackupRequest request, RestoredStep? then, CancellationToken cancel)
    {
        var manifest = await DatabaseBackup.VerifyAsync(backupDirectory, cancel);
        if (manifest.Kind != scratch.Kind)
            throw new DatabaseException($"Expected a scratch database of the backup's engine ({manifest.Kind}), found {scratch.Display}. Set ultimate.database.scratch to one of the same engine.");
        try
        {
            var restored = scratch.Kind == DatabaseKind.PostgreSql
                ? await PostgresDrill.RestoreAsync(backupDirectory, manifest, scratch, request, then, cancel)
                : await Task.Run(() => SqliteDrill.RestoreAsync(backupDirectory, manifest, scratch, request, then, cancel), cancel);
            return Compare(backupDirectory, manifest, restored);
        }
        catch (Exception error) when (error is Npgsql.NpgsqlException or Microsoft.Data.Sqlite.SqliteException or IOException or UnauthorizedAccessException)
        {
            throw EndpointErrors.Wrap(scratch, error, "run the restore drill in");
        }
    }

    private static List<TableCheck> Compare(string directory, BackupManifest manifest, RestoredDatabase restored)
    {
        if (restored.Problems(manifest) is { Count: > 0 } problems)
            throw new DatabaseException($"The backup in {directory} does not restore to what was backed up. Make it again: --target=BackupDatabase.", problems);
        if (restored.Changes() is { Count: > 0 } changes)
            throw new DatabaseException($"The step that was run on the restored copy of {directory} changed rows that were there before it. Classic was not touched; do not run that step on it.", changes);
        var found = (restored.After ?? restored.Tables).ToDictionary(table => table.Name, StringComparer.Ordinal);
        return [.. manifest.Tables.Select(table => new TableCheck(table.Name, table.Rows, found[table.Name].Rows, 0, found[table.Name].Checksum == table.Checksum))];
    }
}
