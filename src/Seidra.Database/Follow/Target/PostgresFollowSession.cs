using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace Seidra.Database;

/// <summary>
/// Ultimate on PostgreSQL. Rows go by binary COPY into a temporary table of the same columns and from there into the table by
/// one statement, so that a round costs a handful of round trips however many rows it has.
/// </summary>
internal sealed class PostgresFollowSession : FollowSession
{
    private readonly NpgsqlConnection _connection;
    private readonly HashSet<string> _staged = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> _sequences;
    private NpgsqlTransaction? _transaction;

    private PostgresFollowSession(NpgsqlConnection connection, IReadOnlyList<string> sequences)
        : base(DatabaseKind.PostgreSql)
    {
        _connection = connection;
        _sequences = sequences;
    }

    public static new async Task<PostgresFollowSession> OpenAsync(DatabaseEndpoint target, IReadOnlyList<FollowTable> tables, CancellationToken cancel)
    {
        var builder = EndpointConnections.Builder(target);
        builder.MaxAutoPrepare = 200;
        builder.AutoPrepareMinUsages = 2;
        var connection = new NpgsqlConnection(builder.ConnectionString);
        try
        {
            await connection.OpenAsync(cancel);
            // The planner knows nothing of temporary tables and lists; whatever it guesses, a round must not scan a table.
            await ExecuteAsync(connection, "SET timezone = 'UTC'; SET client_min_messages = warning; SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan; SET jit = off", cancel);
            foreach (var table in tables)
            {
                await ExecuteAsync(connection, $"CREATE TEMP TABLE {Stage(table)} ON COMMIT DELETE ROWS AS SELECT {table.Target.ColumnList} FROM {table.Target.Quoted} WITH NO DATA", cancel);
            }

            return new PostgresFollowSession(connection, await SequencesAsync(connection, tables, cancel));
        }
        catch (Exception error)
        {
            await connection.DisposeAsync();
            throw error is NpgsqlException ? EndpointErrors.Wrap(target, error, "follow into") : error;
        }
    }

    public override async Task BeginAsync(CancellationToken cancel)
    {
        _staged.Clear();
        _transaction = await _connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel);
    }

    public override async Task CommitAsync(CancellationToken cancel)
    {
        await _transaction!.CommitAsync(cancel);
        await _transaction.DisposeAsync();
        _transaction = null;
    }

    public override async Task RollbackAsync()
    {
        if (_transaction is not { } open)
            return;
        _transaction = null;
        await open.DisposeAsync();
    }

    public override async Task RunAsync(IReadOnlyList<FollowStatement> statements, CancellationToken cancel)
    {
        if (statements.Count == 0)
            return;
        await using var batch = new NpgsqlBatch(_connection);
        foreach (var statement in statements)
            batch.BatchCommands.Add(Command(statement));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        foreach (var statement in statements)
        {
            // A statement that returns no rows has no result here, so it must not be asked for the next one.
            if (statement.Read is null)
                continue;
            while (await reader.ReadAsync(cancel))
                statement.Read(reader);
            await reader.NextResultAsync(cancel);
        }

        // Disposing would swallow the error of a later statement.
        while (await reader.NextResultAsync(cancel))
            continue;
    }

    public override async Task InsertAsync(IReadOnlyList<FollowInsert> inserts, CancellationToken cancel)
    {
        var statements = new List<FollowStatement>();
        foreach (var insert in inserts.Where(insert => insert.Rows.Count > 0))
        {
            var columns = Enumerable.Range(0, insert.Rows[0].Length).Select(column => Column(insert.Rows, column)).ToArray();
            statements.Add(new FollowStatement($"INSERT INTO {insert.Into} SELECT * FROM unnest({string.Join(", ", columns.Select((_, index) => $"${index + 1}"))})", columns));
        }

        await RunAsync(statements, cancel);
    }

    public override async Task StageAsync(FollowTable table, IReadOnlyList<RowImage> rows, CancellationToken cancel)
    {
        if (rows.Count == 0)
            return;
        // Already written once in this transaction: what is staged now replaces what was.
        if (!_staged.Add(table.Name))
            await RunAsync([new FollowStatement($"DELETE FROM {Stage(table)} t WHERE t.id {Sql.In(1)}", Ids(table, rows.Select(row => row.Id)))], cancel);
        await using var stream = await _connection.BeginRawBinaryCopyAsync($"COPY {Stage(table)} FROM STDIN (FORMAT BINARY)", cancel);
        await CopyFrames.WriteAsync(stream, rows, cancel);
    }

    public override async Task WriteAsync(FollowTable table, CancellationToken cancel)
    {
        if (!_staged.Contains(table.Name))
            return;
        var statements = table.Target.Unique.Select(SqlName.Quote).Select(name => new FollowStatement(
            $"UPDATE {table.Target.Quoted} AS t SET {name} = {Parked} FROM {Stage(table)} s WHERE t.{name} = s.{name} AND t.id <> s.id{table.NotOwn}")).ToList();
        statements.Add(new FollowStatement(Upsert(table, $"SELECT * FROM {Stage(table)}")));
        await RunAsync(statements, cancel);
    }

    public override async Task ReadBackAsync(FollowTable table, IReadOnlyCollection<KeyId> ids, Action<KeyId, UInt128> see, CancellationToken cancel)
    {
        if (ids.Count == 0)
            return;
        var columns = string.Join(", ", table.Target.Columns.Select(column => $"t.{SqlName.Quote(column.Name)}"));
        await using var stream = await _connection.BeginRawBinaryCopyAsync($"COPY (SELECT {columns} FROM {Stage(table)} s JOIN {table.Target.Quoted} t ON t.id = s.id WHERE true{table.NotOwn}) TO STDOUT (FORMAT BINARY)", cancel);
        await CopyFrames.ReadAsync(stream, table.IsNumeric, see, cancel);
    }

    public override Task SetSequencesAsync(CancellationToken cancel) => RunAsync([.. _sequences.Select(sql => new FollowStatement(sql) { Read = _ => { } })], cancel);

    public override async ValueTask DisposeAsync()
    {
        await RollbackAsync();
        await _connection.DisposeAsync();
    }

    private static string Stage(FollowTable table) => $"pg_temp.{SqlName.Quote($"seidra_follow_{table.Name}")}";

    private static object Column(IReadOnlyList<object?[]> rows, int column) => rows[0][column] switch
    {
        byte[] => rows.Select(row => (byte[])row[column]!).ToArray(),
        int => rows.Select(row => (int)row[column]!).ToArray(),
        _ => rows.Select(row => (string?)row[column]).ToArray(),
    };

    private static NpgsqlBatchCommand Command(FollowStatement statement)
    {
        var command = new NpgsqlBatchCommand(statement.Sql);
        foreach (var value in statement.Values)
        {
            var parameter = new NpgsqlParameter { Value = value };
            if (value is string?[])
                parameter.NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static async Task<IReadOnlyList<string>> SequencesAsync(NpgsqlConnection connection, IReadOnlyList<FollowTable> tables, CancellationToken cancel)
    {
        var statements = new List<string>();
        foreach (var table in tables.Where(table => table.IsNumeric))
        {
            await using var command = new NpgsqlCommand("SELECT pg_get_serial_sequence($1, 'id')", connection);
            command.Parameters.Add(new() { Value = table.Target.Quoted });
            if (await command.ExecuteScalarAsync(cancel) is string sequence)
                statements.Add($"SELECT setval('{sequence.Replace("'", "''", StringComparison.Ordinal)}', greatest((SELECT coalesce(max(id), 0) FROM {table.Target.Quoted}), (SELECT last_value FROM {sequence}), {DemoAccount.Id}))");
        }

        return statements;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
