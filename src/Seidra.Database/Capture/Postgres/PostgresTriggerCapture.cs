using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Seidra.Database;

/// <summary>
/// Follows PostgreSQL by the log that triggers write. A row of the log may become visible after rows with higher numbers, so a
/// set is confirmed by exactly the rows that were read; the position is for people.
/// </summary>
internal sealed class PostgresTriggerCapture(DatabaseEndpoint endpoint, CaptureRecord record, PostgresMoments moments) : IChangeCapture
{
    private const string Rows = $"SELECT seq, table_name, key, noted FROM {CaptureNames.Log} ORDER BY seq";
    private const string Any = $"SELECT EXISTS (SELECT 1 FROM {CaptureNames.Log} ORDER BY seq LIMIT 1)";
    private const string Delete = $"DELETE FROM {CaptureNames.Log} USING unnest($1, $2) AS part (low, high) WHERE seq BETWEEN low AND high";
    private const long Batch = 5_000;
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(10);

    private readonly ConditionalWeakTable<ChangeSet, RowRanges> _read = [];
    private readonly Dictionary<string, string> _tables = record.Tables.ToDictionary(table => table.Name, table => table.Name, StringComparer.Ordinal);
    private long _last;

    public CaptureKind Kind => CaptureKind.Triggers;

    public async Task<bool> WaitAsync(TimeSpan patience, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            await using var connection = await moments.ConnectAsync(cancel);
            await using var command = new NpgsqlCommand(Any, connection);
            await command.PrepareAsync(cancel);
            while (await command.ExecuteScalarAsync(cancel) is not true)
            {
                var left = patience - clock.Elapsed;
                if (left <= TimeSpan.Zero)
                    return false;
                await Task.Delay(left < _poll ? left : _poll, cancel);
            }
        }
        catch (Exception error) when (error is NpgsqlException)
        {
            // Reading says what it was, or gets over it.
        }

        return true;
    }

    public async Task<ChangeSet> ReadAsync(CancellationToken cancel)
    {
        try
        {
            return await PostgresRetry.RunAsync(() => ReadOnceAsync(cancel), cancel);
        }
        catch (NpgsqlException error)
        {
            throw EndpointErrors.Wrap(endpoint, error, "follow the changes of");
        }
    }

    public async Task ConfirmAsync(ChangeSet set, CancellationToken cancel)
    {
        if (!_read.TryGetValue(set, out var ranges))
            return;
        try
        {
            foreach (var (low, high) in ranges.Slices(Batch))
            {
                await PostgresRetry.RunAsync(
                    async () =>
                    {
                        await using var connection = await moments.ConnectAsync(cancel);
                        await using var command = new NpgsqlCommand(Delete, connection) { Parameters = { new() { Value = low }, new() { Value = high } } };
                        await command.PrepareAsync(cancel);
                        return await command.ExecuteNonQueryAsync(cancel);
                    },
                    cancel);
            }
        }
        catch (NpgsqlException error)
        {
            throw EndpointErrors.Wrap(endpoint, error, "confirm the changes of");
        }
    }

    public ValueTask DisposeAsync() => moments.DisposeAsync();

    private async Task<ChangeSet> ReadOnceAsync(CancellationToken cancel)
    {
        var (batch, ranges) = (new KeyBatch(), new RowRanges());
        var (snapshot, _) = await moments.OpenAsync(Rows, row => Note(row, batch, ranges), cancel);
        _last = Math.Max(_last, ranges.Last);
        var set = batch.ToSet(_last.ToString(CultureInfo.InvariantCulture), snapshot);
        _read.Add(set, ranges);
        return set;
    }

    private void Note(NpgsqlDataReader row, KeyBatch batch, RowRanges ranges)
    {
        ranges.Add(row.GetInt64(0));
        if (!_tables.TryGetValue(row.GetString(1), out var table))
            return;
        batch.At(row.GetFieldValue<DateTimeOffset>(3));
        if (row.IsDBNull(2))
            batch.Truncate(table);
        else if (KeyId.Of(row.GetString(2)) is { } key)
            batch.Note(table, key);
    }
}
