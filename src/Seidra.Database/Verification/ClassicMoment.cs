using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>
/// Classic at one exact moment, with what changed since Ultimate's. A SQLite file without WAL is copied for a long reading:
/// its writers would wait as long as somebody reads.
/// </summary>
internal sealed class ClassicMoment : IAsyncDisposable
{
    private readonly DirectoryInfo? _copy;
    private readonly SqliteConnection? _own;

    private ClassicMoment(IRowSource source, ChangeSet? changes, SqliteConnection? own = null, DirectoryInfo? copy = null)
    {
        Source = source;
        Changes = changes;
        _own = own;
        _copy = copy;
    }

    /// <summary>All rows.</summary>
    public IRowSource Source { get; }

    /// <summary>What Ultimate has not got yet; null where no capture tells.</summary>
    public ChangeSet? Changes { get; }

    public static async Task<ClassicMoment> TakeAsync(IChangeCapture? feed, DatabaseEndpoint source, CancellationToken cancel)
    {
        if (feed is null)
            return new ClassicMoment(await RowSource.OpenAsync(source, cancel), null);
        var changes = await feed.ReadAsync(cancel);
        if (changes.Snapshot is not SqliteConnection file || IsWal(file))
            return new ClassicMoment(RowSource.Over(changes.Snapshot, source.Kind), changes);
        var folder = Directory.CreateTempSubdirectory("seidra-moment-");
        var own = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder.FullName, "classic.db"), Pooling = false }.ConnectionString);
        await own.OpenAsync(cancel);
        file.BackupDatabase(own);
        await changes.DisposeAsync();
        return new ClassicMoment(RowSource.Over(own, source.Kind), changes, own, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        if (Changes is not null)
            await Changes.DisposeAsync();
        if (_own is not null)
            await _own.DisposeAsync();
        _copy?.Delete(recursive: true);
    }

    private static bool IsWal(SqliteConnection file)
    {
        using var command = file.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";
        return "wal".Equals((string?)command.ExecuteScalar(), StringComparison.OrdinalIgnoreCase);
    }
}
