using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>Ultimate on SQLite: prepared statements in one immediate transaction.</summary>
internal sealed class SqliteFollowSession : FollowSession
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SqliteRowWriter> _writers = new(StringComparer.Ordinal);
    private SqliteTransaction? _transaction;

    private SqliteFollowSession(SqliteConnection connection)
        : base(DatabaseKind.Sqlite) => _connection = connection;

    public static new async Task<SqliteFollowSession> OpenAsync(DatabaseEndpoint target, IReadOnlyList<FollowTable> tables, CancellationToken cancel)
    {
        var connection = await target.OpenSqliteAsync(SqliteOpenMode.ReadWrite, cancel);
        try
        {
            var session = new SqliteFollowSession(connection);
            session.Execute("PRAGMA foreign_keys = ON");
            foreach (var table in tables)
                session._writers[table.Name] = new SqliteRowWriter(connection, table, Upsert(table, $"VALUES ({string.Join(", ", table.Target.Columns.Select((_, index) => $"?{index + 1}"))})"), Parked);
            return session;
        }
        catch (Exception error)
        {
            await connection.DisposeAsync();
            throw error is SqliteException ? EndpointErrors.Wrap(target, error, "follow into") : error;
        }
    }

    public override Task BeginAsync(CancellationToken cancel)
    {
        _transaction = _connection.BeginTransaction(deferred: false);
        return Task.CompletedTask;
    }

    public override Task CommitAsync(CancellationToken cancel)
    {
        _transaction!.Commit();
        _transaction.Dispose();
        _transaction = null;
        return Task.CompletedTask;
    }

    public override Task RollbackAsync()
    {
        _transaction?.Dispose();
        _transaction = null;
        return Task.CompletedTask;
    }

    public override Task RunAsync(IReadOnlyList<FollowStatement> statements, CancellationToken cancel)
    {
        foreach (var statement in statements)
        {
            cancel.ThrowIfCancellationRequested();
            var command = Command(statement.Sql, statement.Values.Length);
            for (var index = 0; index < statement.Values.Length; index++)
                command.Parameters[index].Value = Value(statement.Values[index]);
            using var reader = command.ExecuteReader();
            while (reader.Read())
                statement.Read?.Invoke(reader);
        }

        return Task.CompletedTask;
    }

    public override Task InsertAsync(IReadOnlyList<FollowInsert> inserts, CancellationToken cancel)
    {
        foreach (var insert in inserts.Where(insert => insert.Rows.Count > 0))
        {
            var columns = insert.Rows[0].Length;
            var command = Command($"INSERT INTO {insert.Into} VALUES ({string.Join(", ", Enumerable.Range(1, columns).Select(index => $"${index}"))})", columns);
            foreach (var row in insert.Rows)
            {
                cancel.ThrowIfCancellationRequested();
                for (var index = 0; index < columns; index++)
                    command.Parameters[index].Value = row[index] ?? DBNull.Value;
                command.ExecuteNonQuery();
            }
        }

        return Task.CompletedTask;
    }

    public override Task StageAsync(FollowTable table, IReadOnlyList<RowImage> rows, CancellationToken cancel)
    {
        // Nothing is in the way of a row but a unique name that its holder has lost in this very round.
        var writer = _writers[table.Name];
        foreach (var row in rows)
            writer.Park(row);
        foreach (var row in rows)
        {
            cancel.ThrowIfCancellationRequested();
            writer.Write(row);
        }

        return Task.CompletedTask;
    }

    public override Task WriteAsync(FollowTable table, CancellationToken cancel) => Task.CompletedTask;

    public override Task ReadBackAsync(FollowTable table, IReadOnlyCollection<KeyId> ids, Action<KeyId, UInt128> see, CancellationToken cancel)
    {
        var writer = _writers[table.Name];
        foreach (var id in ids)
        {
            cancel.ThrowIfCancellationRequested();
            if (writer.Read(id) is { } hash)
                see(id, hash);
        }

        return Task.CompletedTask;
    }

    // An INTEGER PRIMARY KEY continues behind the highest key by itself, and AUTOINCREMENT notes each key that is given.
    public override Task SetSequencesAsync(CancellationToken cancel) => Task.CompletedTask;

    public override async ValueTask DisposeAsync()
    {
        await RollbackAsync();
        foreach (var writer in _writers.Values)
            writer.Dispose();
        foreach (var command in _commands.Values)
            await command.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private SqliteCommand Command(string sql, int parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var index = 1; index <= parameters; index++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${index}" });
            _commands[sql] = command;
        }

        command.Transaction = _transaction;
        return command;
    }

    private static object Value(object value) => value switch
    {
        string[] or long[] => JsonSerializer.Serialize(value),
        byte[][] hashes => JsonSerializer.Serialize(hashes.Select(Convert.ToHexString)),
        _ => value,
    };

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
