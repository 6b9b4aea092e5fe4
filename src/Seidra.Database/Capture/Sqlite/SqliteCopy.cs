using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>
/// A private copy of a SQLite file at one moment. In a file without WAL a long read makes Classic's writers wait; after a copy
/// it is over.
/// </summary>
internal sealed class SqliteCopy : SqliteConnection
{
    private readonly DirectoryInfo _folder;

    private SqliteCopy(DirectoryInfo folder)
        : base(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder.FullName, "moment.db"), Pooling = false }.ConnectionString) => _folder = folder;

    /// <summary>Copies what the connection's transaction sees, and ends the connection.</summary>
    public static async Task<SqliteCopy> TakeAsync(SqliteConnection connection, CancellationToken cancel)
    {
        var copy = new SqliteCopy(Directory.CreateTempSubdirectory("seidra-moment-"));
        try
        {
            await copy.OpenAsync(cancel);
            connection.BackupDatabase(copy);
            await connection.DisposeAsync();
            return copy;
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && _folder.Exists)
            _folder.Delete(recursive: true);
    }
}
