using System.Collections.Concurrent;
using Npgsql;

namespace Seidra.Database;

/// <summary>Reads tables of PostgreSQL by COPY ... TO STDOUT (FORMAT BINARY), in pieces of so many pages.</summary>
internal static class PostgresReading
{
    // About 64 MB of a table; small enough that two readers end at nearly the same time.
    private const long PiecePages = 8_192;

    private readonly record struct Piece(TargetTable Table, string Where);

    public static async Task RunAsync(
        DatabaseEndpoint target, IReadOnlyList<TargetTable> tables, TupleVisitor? visit, Action<TargetTable, TableProof> add, CancellationToken cancel)
    {
        await using var control = await OpenAsync(target, cancel);
        await using var snapshot = control.Sql("SELECT pg_export_snapshot()");
        var name = (string)(await snapshot.ExecuteScalarAsync(cancel))!;
        var pieces = new ConcurrentQueue<Piece>();
        foreach (var table in tables)
        {
            foreach (var piece in await PiecesAsync(control, table, cancel))
                pieces.Enqueue(piece);
        }

        await Task.WhenAll(Enumerable.Range(0, Math.Min(TargetReader.Readers, pieces.Count)).Select(worker =>
            Task.Factory.StartNew(() => Work(worker), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        void Work(int worker)
        {
            using var connection = OpenAsync(target, cancel).GetAwaiter().GetResult();
            using (var import = connection.Sql($"SET TRANSACTION SNAPSHOT {SqlName.Literal(name)}"))
                import.ExecuteNonQuery();
            while (pieces.TryDequeue(out var piece))
                add(piece.Table, Read(connection, piece, worker, visit, cancel));
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(DatabaseEndpoint target, CancellationToken cancel)
    {
        var connection = await target.OpenPostgresAsync(cancel);
        await connection.RunAsync("SET statement_timeout = 0; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", cancel);
        return connection;
    }

    private static async Task<IReadOnlyList<Piece>> PiecesAsync(NpgsqlConnection connection, TargetTable table, CancellationToken cancel)
    {
        await using var command = connection.Sql("SELECT pg_relation_size(@table::regclass) / current_setting('block_size')::bigint", ("table", table.Quoted));
        var pages = (long)(await command.ExecuteScalarAsync(cancel))!;
        var own = Where.NotOwn(connection, table);
        if (pages <= PiecePages)
            return [new Piece(table, own)];
        return
        [
            .. Enumerable.Range(0, (int)((pages + PiecePages - 1) / PiecePages)).Select(number => new Piece(
                table,
                $"{(own.Length == 0 ? " WHERE" : $"{own} AND")} ctid >= '({number * PiecePages},0)'{(((number + 1) * PiecePages) < pages ? $" AND ctid < '({(number + 1) * PiecePages},0)'" : "")}")),
        ];
    }

    private static TableProof Read(NpgsqlConnection connection, Piece piece, int worker, TupleVisitor? visit, CancellationToken cancel)
    {
        using var copy = connection.BeginRawBinaryCopy($"COPY (SELECT {piece.Table.ColumnList} FROM {piece.Table.Quoted}{piece.Where}) TO STDOUT (FORMAT BINARY)");
        var tuples = new CopyTuples(copy);
        var proof = default(TableProof);
        while (tuples.Next())
        {
            var hash = TupleCodec.Hash(tuples.Tuple);
            proof += new TableProof(1, hash);
            visit?.Invoke(worker, piece.Table, tuples.Tuple, hash);
            if ((proof.Rows & 0xFF) == 0)
                cancel.ThrowIfCancellationRequested();
        }

        return proof;
    }
}
