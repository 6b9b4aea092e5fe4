using Npgsql;

namespace Seidra.Database;

/// <summary>Writes chunks by binary COPY: the tuples go from the encoder's buffer to the socket as they are.</summary>
internal sealed class PostgresChunkWriter(NpgsqlConnection connection) : IChunkWriter
{
    // A part of quarantined rows as long as this is written before the chunk ends, so that memory stays flat.
    private const int SideBytes = 4 << 20;
    private readonly LedgerTuples _side = new();
    private NpgsqlTransaction? _transaction;
    private Stream? _copy;
    private TargetTable? _table;

    public static async Task<PostgresChunkWriter> OpenAsync(DatabaseEndpoint target, CancellationToken cancel)
    {
        var connection = await target.OpenPostgresAsync(cancel);
        try
        {
            await connection.RunAsync(
                """
                SET timezone = 'UTC'; SET client_min_messages = warning;
                SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0;
                SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3;
                """,
                cancel);
            return new PostgresChunkWriter(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task BeginAsync(TargetTable table, CancellationToken cancel)
    {
        _table = table;
        _side.Clear();
        _transaction = await connection.BeginTransactionAsync(cancel);
    }

    public async Task WriteAsync(RowChunk part, CancellationToken cancel)
    {
        foreach (var (offset, length, isDemo) in TupleRuns.Of(part))
        {
            var tuples = part.Tuples.WrittenMemory.Slice(offset, length);
            if (isDemo)
                await InsertDemoAsync(tuples, cancel);
            else
                await CopyAsync(tuples, cancel);
        }

        _side.Add(_table!.Name, part);
        if (_side.Length > SideBytes)
            await WriteSideAsync(cancel);
    }

    public async Task FinishAsync(ChunkEntry chunk, long ownRows, CancellationToken cancel)
    {
        await WriteSideAsync(cancel);
        await ChunkLedger.AddAsync(connection, _table!.Name, chunk, cancel);
        await ChunkLedger.AddOwnAsync(connection, _table.Name, ownRows, cancel);
    }

    public async Task CommitAsync(CancellationToken cancel)
    {
        await _transaction!.CommitAsync(cancel);
        await _transaction.DisposeAsync();
        _transaction = null;
    }

    public Task<IReadOnlyList<ChunkEntry>> LedgerAsync(string table, CancellationToken cancel) => ChunkLedger.ReadAsync(connection, table, cancel);

    // Whatever is open is rolled back with the connection.
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task CopyAsync(ReadOnlyMemory<byte> tuples, CancellationToken cancel)
    {
        if (_copy is null)
        {
            _copy = await connection.BeginRawBinaryCopyAsync($"COPY {_table!.Quoted} ({_table.ColumnList}) FROM STDIN (FORMAT BINARY)", cancel);
            await _copy.WriteAsync(CopyFrame.Header, cancel);
        }

        await _copy.WriteAsync(tuples, cancel);
    }

    private async Task EndCopyAsync(CancellationToken cancel)
    {
        if (_copy is not { } copy)
            return;
        await copy.WriteAsync(CopyFrame.Trailer, cancel);
        _copy = null;
        await copy.DisposeAsync();
    }

    private async Task WriteSideAsync(CancellationToken cancel)
    {
        await EndCopyAsync(cancel);
        await _side.WriteAsync(connection, cancel);
    }

    // Ultimate's own account is made only where it is missing; COPY cannot say that.
    private async Task InsertDemoAsync(ReadOnlyMemory<byte> tuple, CancellationToken cancel)
    {
        await EndCopyAsync(cancel);
        await connection.RunAsync($"CREATE TEMP TABLE seidra_cutover_demo (LIKE {_table!.Quoted}) ON COMMIT DROP", cancel);
        await RawCopy.WriteAsync(connection, $"COPY seidra_cutover_demo ({_table.ColumnList}) FROM STDIN (FORMAT BINARY)", tuple, cancel);
        await connection.RunAsync(
            $"""
            INSERT INTO {_table.Quoted} ({_table.ColumnList}) SELECT {_table.ColumnList} FROM seidra_cutover_demo demo
            WHERE NOT EXISTS (SELECT FROM {_table.Quoted} own WHERE own.id = demo.id) ON CONFLICT DO NOTHING
            """,
            cancel);
    }
}
