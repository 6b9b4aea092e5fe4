using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Seidra.Database;

/// <summary>
/// Copy of a living SQLite database by its online backup API (sqlite.org/backup.html), inside one read transaction: in WAL
/// mode writers go on meanwhile, and what they write is not in the copy. Checksums are read from the original in that same
/// transaction, so the drill compares the copy with what Classic held, not with itself.
/// </summary>
internal static class SqliteBackup
{
    /// <summary>Name of the packed copy in the backup's folder.</summary>
    public const string FileName = CopyName + ZstdFile.Extension;

    private const string CopyName = "database.sqlite";

    /// <summary>4 MiB of a database with the usual pages: fine enough for progress and cancellation.</summary>
    private const int PagesPerStep = 1024;

    public static async Task<BackupManifest> CreateAsync(DatabaseEndpoint source, BackupFolder folder, BackupRequest request, CancellationToken cancel)
    {
        await using var original = await source.OpenSqliteAsync(SqliteOpenMode.ReadOnly, cancel);
        var size = Number(original, "PRAGMA page_count") * Number(original, "PRAGMA page_size");
        // Once as the copy, before it is packed, and once packed.
        FreeSpace.Require(2 * size, folder.Final, request.FreeBytes);
        if (Text(original, "PRAGMA journal_mode") != "wal")
            request.Log?.Invoke($"{source.Display} is not in WAL mode: its writers wait while the copy is made.");

        var copyEndpoint = new DatabaseEndpoint { Kind = DatabaseKind.Sqlite, Path = Path.Combine(folder.Path, CopyName) };
        await using var transaction = original.BeginTransaction(deferred: true);
        // A deferred transaction reads its snapshot at the first statement, not before.
        var objects = Objects(original);
        var createdAt = DateTimeOffset.UtcNow;
        await using (var copy = await copyEndpoint.OpenSqliteAsync(SqliteOpenMode.ReadWriteCreate, cancel))
        {
            CopyPages(original, copy, request.Progress, cancel);
            // The copy inherits WAL; as one plain file it needs no companions and can be opened read-only.
            Text(copy, "PRAGMA journal_mode = DELETE");
        }

        var packing = PackAsync(copyEndpoint, source, folder, cancel);
        IReadOnlyList<BackupTable> tables;
        try
        {
            tables = SqliteRowHasher.HashAll(original, SqliteRowHasher.Describe(original), progress: null, cancel);
        }
        finally
        {
            await packing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await packing;
        return new BackupManifest
        {
            CreatedAt = createdAt,
            Kind = DatabaseKind.Sqlite,
            Source = source.Display,
            ServerVersion = original.ServerVersion,
            ToolVersion = original.ServerVersion,
            DatabaseBytes = size,
            ContentBytes = size,
            Tables = tables,
            Objects = objects,
            Files = await BackupFiles.HashAllAsync(folder.Path, cancel),
            Warnings = [],
        };
    }

    private static async Task PackAsync(DatabaseEndpoint copy, DatabaseEndpoint source, BackupFolder folder, CancellationToken cancel)
    {
        var intact = Task.Run(
            async () =>
            {
                await using var connection = await copy.OpenSqliteAsync(SqliteOpenMode.ReadOnly, cancel);
                RequireIntact(connection, source);
            },
            cancel);
        await Task.WhenAll(intact, ZstdFile.PackAsync(copy.Path!, Path.Combine(folder.Path, FileName), cancel));
        File.Delete(copy.Path!);
    }

    /// <summary>How many indexes, triggers and views there are.</summary>
    public static SortedDictionary<string, long> Objects(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT type || CASE type WHEN 'index' THEN 'es' ELSE 's' END, count(*) FROM sqlite_master WHERE type <> 'table' GROUP BY type";
        using var reader = command.ExecuteReader();
        var objects = new SortedDictionary<string, long>(StringComparer.Ordinal);
        while (reader.Read())
            objects[reader.GetString(0)] = reader.GetInt64(1);
        return objects;
    }

    /// <summary>Throws unless SQLite finds the file's structure whole.</summary>
    public static void RequireIntact(SqliteConnection connection, DatabaseEndpoint source)
    {
        var verdict = Text(connection, "PRAGMA integrity_check(5)");
        if (verdict != "ok")
            throw new DatabaseException($"The copy of {source.Display} fails SQLite's integrity check ({verdict}). Check the original with: sqlite3 {source.Path} 'PRAGMA integrity_check'.");
    }

    private static void CopyPages(SqliteConnection original, SqliteConnection copy, Action<long, long>? progress, CancellationToken cancel)
    {
        using var backup = raw.sqlite3_backup_init(copy.Handle, "main", original.Handle, "main");
        if (backup.IsInvalid)
            throw new SqliteException(raw.sqlite3_errmsg(copy.Handle).utf8_to_string(), raw.sqlite3_errcode(copy.Handle));
        int result;
        do
        {
            cancel.ThrowIfCancellationRequested();
            result = raw.sqlite3_backup_step(backup, PagesPerStep);
            long total = raw.sqlite3_backup_pagecount(backup);
            progress?.Invoke(total - raw.sqlite3_backup_remaining(backup), total);
        }
        while (result == raw.SQLITE_OK);

        if (result != raw.SQLITE_DONE)
            throw new SqliteException(raw.sqlite3_errstr(result).utf8_to_string(), result);
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static string Text(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (string)command.ExecuteScalar()!;
    }
}
