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
    /// <param name="cancel">Ends the drill; the scratch database is dropped all the same.</param>
    /// <returns>One line per table, all of them equal.</returns>
    /// <exception cref="DatabaseException">
    /// The backup was changed, the scratch place holds somebody's data, the restore failed, or tables differ (all of them named).
    /// </exception>
    public static async Task<IReadOnlyList<TableCheck>> RunAsync(
        string backupDirectory,
        DatabaseEndpoint scratch,
        PgTools? tools = null,
        Action<string>? log = null,
        Action<long, long>? progress = null,
        CancellationToken cancel = default)
    {
        var manifest = await DatabaseBackup.VerifyAsync(backupDirectory, cancel);
        if (manifest.Kind != scratch.Kind)
            throw new DatabaseException($"Expected a scratch database of the backup's engine ({manifest.Kind}), found {scratch.Display}. Set ultimate.database.scratch to one of the same engine.");
        var request = new BackupRequest(tools ?? new PgTools(), FreeSpace.Of, log, progress);
        try
        {
            var restored = scratch.Kind == DatabaseKind.PostgreSql
                ? await PostgresDrill.RestoreAsync(backupDirectory, manifest, scratch, request, cancel)
                : await Task.Run(() => SqliteDrill.RestoreAsync(backupDirectory, manifest, scratch, request, cancel), cancel);
            return Compare(backupDirectory, manifest, restored);
        }
        catch (Exception error) when (error is Npgsql.NpgsqlException or Microsoft.Data.Sqlite.SqliteException or IOException or UnauthorizedAccessException)
        {
            throw EndpointErrors.Wrap(scratch, error, "run the restore drill in");
        }
    }

    private static List<TableCheck> Compare(string directory, BackupManifest manifest, RestoredDatabase restored)
    {
        var found = restored.Tables.ToDictionary(table => table.Name, StringComparer.Ordinal);
        var problems = new List<string>();
        var checks = new List<TableCheck>();
        foreach (var expected in manifest.Tables)
        {
            if (!found.Remove(expected.Name, out var table))
            {
                problems.Add($"{expected.Name}: not in the restored database.");
                continue;
            }

            checks.Add(new TableCheck(expected.Name, expected.Rows, table.Rows, 0, expected.Checksum == table.Checksum));
            if (table.Rows != expected.Rows)
                problems.Add($"{expected.Name}: expected {expected.Rows} rows, restored {table.Rows}.");
            else if (table.Checksum != expected.Checksum)
                problems.Add($"{expected.Name}: {table.Rows} rows, but their checksum differs.");
        }

        problems.AddRange(found.Keys.Select(name => $"{name}: in the restored database, not in the backup's manifest."));
        problems.AddRange(manifest.Objects.Keys.Union(restored.Objects.Keys)
            .Where(kind => manifest.Objects.GetValueOrDefault(kind) != restored.Objects.GetValueOrDefault(kind))
            .Select(kind => $"{kind}: expected {manifest.Objects.GetValueOrDefault(kind)}, restored {restored.Objects.GetValueOrDefault(kind)}."));
        return problems.Count == 0
            ? checks
            : throw new DatabaseException($"The backup in {directory} does not restore to what was backed up. Make it again: --target=BackupDatabase.", problems);
    }
}
