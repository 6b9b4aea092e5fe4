using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Seidra.Database;

/// <summary>Follows a SQLite file by the log that triggers write. The position is the number of the last row read.</summary>
internal sealed class SqliteCapture : IChangeCapture
{
    /// <summary>With more keys than this, a file without WAL is read from a copy.</summary>
    internal const int LongRead = 20_000;

    private const int Batch = 2_000;
    private const double UnixEpoch = 2440587.5;
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan _confirmPatience = TimeSpan.FromMilliseconds(250);

    private readonly DatabaseEndpoint _endpoint;
    private readonly CaptureRecord _record;
    private readonly SqliteConnection _own;
    private readonly BusyStatement _version;
    private readonly BusyStatement _any;
    private readonly BusyStatement _delete;
    private readonly SqliteEncoding _encoding;
    private readonly bool _wal;
    private long _confirmed;
    private long _schema;
    private long? _quiet;

    private SqliteCapture(DatabaseEndpoint endpoint, CaptureRecord record, SqliteConnection own, long confirmed)
    {
        _endpoint = endpoint;
        _record = record;
        _own = own;
        _confirmed = confirmed;
        _version = new BusyStatement(own, "PRAGMA data_version");
        _any = new BusyStatement(own, $"SELECT EXISTS (SELECT 1 FROM {CaptureNames.Log} WHERE seq > ?1)");
        _delete = new BusyStatement(own, $"DELETE FROM {CaptureNames.Log} WHERE seq <= (SELECT max(seq) FROM (SELECT seq FROM {CaptureNames.Log} WHERE seq <= ?1 ORDER BY seq LIMIT {Batch}))");
        _schema = SqliteCaptureControl.Number(own, "PRAGMA schema_version");
        _wal = "wal".Equals(Text("PRAGMA journal_mode"), StringComparison.OrdinalIgnoreCase);
        _encoding = new SqliteEncoding(Text("PRAGMA encoding"));
        // Whoever waits for the write lock here would hold up the follower; it comes again instead.
        raw.sqlite3_busy_timeout(own.Handle, 20);
    }

    public CaptureKind Kind => CaptureKind.Triggers;

    public static async Task<SqliteCapture> OpenAsync(DatabaseEndpoint endpoint, CaptureRecord record, string? confirmedPosition, CancellationToken cancel)
    {
        var own = await endpoint.OpenSqliteAsync(SqliteOpenMode.ReadWrite, cancel);
        try
        {
            var last = SqliteCaptureControl.Number(own, $"SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{CaptureNames.Log}'), 0)");
            var confirmed = confirmedPosition is null ? 0 : Position(confirmedPosition);
            if (confirmed > last)
                throw new DatabaseException($"Expected the log of {endpoint.Display} to reach row {confirmed}, which was applied already, found it to end at {last}: an older state of the file was put back. {CaptureNames.Again}.");
            return new SqliteCapture(endpoint, record, own, confirmed);
        }
        catch
        {
            await own.DisposeAsync();
            throw;
        }
    }

    public async Task<bool> WaitAsync(TimeSpan patience, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        while (!Any())
        {
            var left = patience - clock.Elapsed;
            if (left <= TimeSpan.Zero)
                return false;
            await Task.Delay(left < _poll ? left : _poll, cancel);
        }

        return true;
    }

    public async Task<ChangeSet> ReadAsync(CancellationToken cancel)
    {
        var snapshot = await _endpoint.OpenSqliteAsync(SqliteOpenMode.ReadOnly, cancel);
        try
        {
            // Deferred: the moment is that of the first read.
            snapshot.BeginTransaction(deferred: true);
            Check(snapshot);
            var (batch, last) = Read(snapshot, cancel);
            if (!_wal && batch.Keys > LongRead)
                snapshot = await SqliteCopy.TakeAsync(snapshot, cancel);

            return batch.ToSet(last.ToString(CultureInfo.InvariantCulture), snapshot);
        }
        catch
        {
            await snapshot.DisposeAsync();
            throw;
        }
    }

    public async Task ConfirmAsync(ChangeSet set, CancellationToken cancel)
    {
        // The number alone lets go of the rows; deleting them is tidying, and may wait while the file is frozen or busy.
        _confirmed = Math.Max(_confirmed, Position(set.Position));
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < _confirmPatience && (_delete.Run(_confirmed) is null || raw.sqlite3_changes(_own.Handle) > 0))
        {
            await Task.Yield();
            cancel.ThrowIfCancellationRequested();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _version.Dispose();
        _any.Dispose();
        _delete.Dispose();
        await _own.DisposeAsync();
    }

    private static long Position(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var position)
        ? position
        : throw new DatabaseException($"Expected a number of the change log as position, found '{text}'. {CaptureNames.Again}.");

    /// <summary>Looks into the log only when another connection has written to the file since.</summary>
    private bool Any()
    {
        if (_version.Run() is not { } version || version == _quiet)
            return false;
        if (_any.Run(_confirmed) is not { } any)
            return false;
        _quiet = any == 0 ? version : null;
        return any != 0;
    }

    private void Check(SqliteConnection snapshot)
    {
        var schema = SqliteCaptureControl.Number(snapshot, "PRAGMA schema_version");
        if (schema == _schema)
            return;
        var now = SqliteCaptureControl.ReadRecord(snapshot);
        ChangeCapture.RequireSame(_endpoint, _record, now, now is null ? [] : SqliteCaptureControl.Problems(snapshot, now));
        _schema = schema;
    }

    private (KeyBatch Batch, long Last) Read(SqliteConnection snapshot, CancellationToken cancel)
    {
        var (batch, last) = (new KeyBatch(), _confirmed);
        using var command = snapshot.CreateCommand();
        command.CommandText = $"SELECT key, table_name, seq, noted FROM {CaptureNames.Log} WHERE seq > $confirmed ORDER BY seq";
        command.Parameters.AddWithValue("$confirmed", _confirmed);
        using var reader = command.ExecuteReader();
        var row = new StatementRow(reader.Handle!, _encoding);
        var tables = _record.Tables.ToDictionary(table => table.Name, table => table.Name, StringComparer.Ordinal);
        while (reader.Read())
        {
            cancel.ThrowIfCancellationRequested();
            if (last == _confirmed)
                batch.At(DateTimeOffset.UnixEpoch.AddDays(reader.GetDouble(3) - UnixEpoch));
            last = reader.GetInt64(2);
            // A row whose key is NULL, empty or no text cannot be told from its like, in the bulk copy neither.
            if (KeyId.Of(row[0]) is { } key && tables.TryGetValue(reader.GetString(1), out var table))
                batch.Note(table, key);
        }

        return (batch, last);
    }

    private string Text(string sql)
    {
        using var command = _own.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString() ?? "";
    }
}
