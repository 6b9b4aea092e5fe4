using Npgsql;

namespace Seidra.Database;

/// <summary>
/// Opens read-only transactions on the followed database, each at one exact moment. Connections and prepared statements are
/// kept, so that a moment costs one round trip.
/// </summary>
internal sealed class PostgresMoments : IAsyncDisposable
{
    private const int Connections = 4;

    // A snapshot is read with the settings of the bulk copy: the same text in every session.
    private const string Settings = "SET datestyle = 'ISO, YMD'; SET timezone = 'UTC'; SET extra_float_digits = 3; SET intervalstyle = 'iso_8601'; SET bytea_output = 'hex'; SET synchronous_commit = local; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0";

    private readonly DatabaseEndpoint _endpoint;
    private readonly CaptureRecord _record;
    private readonly NpgsqlDataSource _pool;
    private readonly uint[] _oids;
    private readonly string _lock;
    private string _stamp;

    private PostgresMoments(DatabaseEndpoint endpoint, CaptureRecord record, NpgsqlDataSource pool, IReadOnlyList<PostgresTable> tables, string stamp)
    {
        _endpoint = endpoint;
        _record = record;
        _pool = pool;
        _stamp = stamp;
        Tables = tables;
        _oids = [.. tables.Select(table => table.Oid)];
        // Before the snapshot is taken: TRUNCATE and rewriting ALTERs empty a table even for snapshots that are older.
        _lock = $"LOCK TABLE {string.Join(", ", tables.Select(table => table.Qualified))} IN ACCESS SHARE MODE";
    }

    /// <summary>The tables as they were when the capture was opened.</summary>
    public IReadOnlyList<PostgresTable> Tables { get; }

    public static async Task<PostgresMoments> CreateAsync(DatabaseEndpoint endpoint, CaptureRecord record, CancellationToken cancel)
    {
        var builder = EndpointConnections.Builder(endpoint, Connections);
        builder.NoResetOnClose = true;
        var source = new NpgsqlDataSourceBuilder(builder.ConnectionString);
        source.UsePhysicalConnectionInitializer(
            connection => Apply(connection).ExecuteNonQuery(),
            async connection =>
            {
                await using var command = Apply(connection);
                await command.ExecuteNonQueryAsync();
            });
        var pool = source.Build();
        try
        {
            await using var connection = await pool.OpenConnectionAsync(cancel);
            var tables = await PostgresTable.ReadAsync(connection, record.Tables.Select(table => table.Name), cancel);
            await using var command = Stamp(connection, [.. tables.Select(table => table.Oid)]);
            var stamp = (string)(await command.ExecuteScalarAsync(cancel))!;
            return new PostgresMoments(endpoint, record, pool, tables, stamp);
        }
        catch
        {
            await pool.DisposeAsync();
            throw;
        }
    }

    /// <summary>A kept connection, outside any transaction.</summary>
    public ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancel) => _pool.OpenConnectionAsync(cancel);

    /// <summary>Opens a moment and reads rows in it; the connection stands in the transaction.</summary>
    /// <param name="query">What to read; null for nothing.</param>
    /// <param name="row">Gets each row.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The connection, and what the snapshot sees in the words of txid_current_snapshot().</returns>
    /// <exception cref="DatabaseException">The capture is not what it was.</exception>
    public async Task<(NpgsqlConnection Connection, string Sight)> OpenAsync(string? query, Action<NpgsqlDataReader>? row, CancellationToken cancel)
    {
        var connection = await _pool.OpenConnectionAsync(cancel);
        try
        {
            var (stamp, sight) = ("", "");
            await using (var batch = new NpgsqlBatch(connection) { BatchCommands = { new("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"), new(_lock), Asking() } })
            {
                if (query is not null)
                    batch.BatchCommands.Add(new(query));
                await batch.PrepareAsync(cancel);
                await using var reader = await batch.ExecuteReaderAsync(cancel);
                if (await reader.ReadAsync(cancel))
                    (stamp, sight) = (reader.GetString(0), reader.GetString(1));
                while (await reader.NextResultAsync(cancel))
                {
                    while (await reader.ReadAsync(cancel))
                        row!(reader);
                }
            }

            if (stamp != _stamp)
                await CheckAsync(connection, cancel);
            _stamp = stamp;
            return (connection, sight);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.WrongObjectType)
        {
            // The transaction is broken, so another connection finds out what is missing.
            await connection.DisposeAsync();
            await using var other = await _pool.OpenConnectionAsync(cancel);
            await CheckAsync(other, cancel);
            throw ChangeCapture.Lost(_endpoint, [error.MessageText], error);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private async Task CheckAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var now = await PostgresCaptureRecord.ReadAsync(connection, cancel);
        ChangeCapture.RequireSame(_endpoint, _record, now, now is null ? [] : await PostgresCaptureRecord.ProblemsAsync(connection, now, cancel));
    }

    private NpgsqlBatchCommand Asking() => new(PostgresCaptureSql.Stamp) { Parameters = { new() { Value = _oids, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Oid } } };

    private static NpgsqlCommand Stamp(NpgsqlConnection connection, uint[] oids) =>
        new(PostgresCaptureSql.Stamp, connection) { Parameters = { new() { Value = oids, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Oid } } };

    private static NpgsqlCommand Apply(NpgsqlConnection connection) => new(Settings, connection);
}
